package org.bpfgate.policy.ipe.internal.vocabulary;

import org.bpfgate.policy.ipe.internal.event.BlockDevice;
import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.bpfgate.policy.ipe.internal.event.EventAttribute.Reader;
import org.bpfgate.policy.ipe.internal.event.FsVerity;
import org.bpfgate.policy.ipe.internal.event.LoadedProgram;
import org.bpfgate.program.LoadClient;
import org.jspecify.annotations.Nullable;

/** How the values of the parts of an event are read: an event without the part has no value. */
final class Attributes {
    private Attributes() {}

    /** Reads a value of a part of the event. */
    @FunctionalInterface
    interface PartReader<T> {
        /** Returns the value; null when the part has none. */
        @Nullable
        Object read(T part);
    }

    /** Returns whether something is so, for a part that may be missing. */
    @FunctionalInterface
    interface PartTest<T> {
        /** Returns whether it is so. */
        boolean test(T part);
    }

    /** Returns whether the volume under the file is so; {@code FALSE} where there is no such volume. */
    static EventAttribute volumeIs(PartTest<BlockDevice> test) {
        return EventAttribute.one(event -> {
            BlockDevice device = event.blockDevice();
            return device != null && test.test(device);
        });
    }

    /** Returns a value of the volume under the file. */
    static EventAttribute ofVolume(PartReader<BlockDevice> reader) {
        return EventAttribute.one(event -> {
            BlockDevice device = event.blockDevice();
            return device == null ? null : reader.read(device);
        });
    }

    /** Returns whether the fs-verity data of the file is so; {@code FALSE} where there is none. */
    static EventAttribute verityIs(PartTest<FsVerity> test) {
        return EventAttribute.one(event -> {
            FsVerity file = event.fsVerity();
            return file != null && test.test(file);
        });
    }

    /** Returns a value of the fs-verity data of the file. */
    static EventAttribute ofVerity(PartReader<FsVerity> reader) {
        return EventAttribute.one(event -> {
            FsVerity file = event.fsVerity();
            return file == null ? null : reader.read(file);
        });
    }

    /** Reads a value of the program. */
    static Reader program(PartReader<LoadedProgram> reader) {
        return event -> {
            LoadedProgram program = event.program();
            return program == null ? null : reader.read(program);
        };
    }

    /** Reads a value of the licence that the load names. */
    static Reader license(PartReader<String> reader) {
        return program(program -> {
            String license = program.license();
            return license == null ? null : reader.read(license);
        });
    }

    /** Reads a value of the process that asks. */
    static Reader client(PartReader<LoadClient> reader) {
        return event -> {
            LoadClient client = event.client();
            return client == null ? null : reader.read(client);
        };
    }
}
