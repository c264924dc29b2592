package org.bpfgate.testkit;

import java.util.function.Supplier;
import org.bpfgate.program.AttachTarget;
import org.bpfgate.program.KeyringId;
import org.bpfgate.program.LoadAttributes;
import org.bpfgate.program.LoadOrigin;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.program.RelocationState;
import org.bpfgate.program.TypeRecords;

/** Loads that a module's author may not have thought of. Each {@link #get()} makes a new program, equal to the last one. */
public enum OddLoad implements Supplier<ProgramLoad> {
    /** One instruction, and nothing else. */
    SMALLEST(LoadBuilder.load().name("").instructions(1)),

    /** {@code BPF_COMPLEXITY_LIMIT_INSNS} of the kernel, 1,000,000 instructions: the longest program that it takes. */
    LONGEST(LoadBuilder.load().instructions(1_000_000)),

    /** Bytes that are no instructions. */
    NO_INSTRUCTIONS(LoadBuilder.load().code(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1})),

    /** A 64-bit load of a map's address without its second slot. */
    CUT_INSTRUCTION(LoadBuilder.load().code(new byte[] {0x18, 0x11, 0, 0, 3, 0, 0, 0})),

    /** A program without a name. */
    NO_NAME(LoadBuilder.load().name("")),

    /** A name that no kernel takes, with characters that break lines and paths. */
    STRANGE_NAME(LoadBuilder.load().name("../\n\u0000\uD83D\uDC1D action=ALLOW")),

    /** {@code BPF_PROG_TYPE_UNSPEC}: a file that does not tell the type. */
    NO_TYPE(LoadBuilder.load(ProgramType.UNSPEC)),

    /** A way of attaching that no kernel has. */
    UNKNOWN_ATTACH_TYPE(LoadBuilder.load().attachType(Integer.MAX_VALUE)),

    /** A signature of size 0. */
    EMPTY_SIGNATURE(LoadBuilder.load().signature()),

    /** A signature that is none. */
    GARBAGE_SIGNATURE(
            LoadBuilder.load().signature((byte) 0x30, (byte) 0x84, (byte) 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff)),

    /** A signature of 1 MiB of zeros. */
    HUGE_SIGNATURE(LoadBuilder.load().signature(new byte[1 << 20])),

    /** A keyring that does not exist. */
    UNKNOWN_KEYRING(LoadBuilder.load().signature((byte) 0x30, (byte) 0).keyring(Integer.MIN_VALUE)),

    /** The user's keyring, without a signature. */
    KEYRING_WITHOUT_SIGNATURE(LoadBuilder.load().keyring(KeyringId.USER)),

    /** A program whose instructions the loader changes before the load: there is no digest. */
    NOT_RELOCATED(LoadBuilder.load().relocations(RelocationState.PENDING)),

    /** Many maps, of which the kernel tells nothing. */
    UNREADABLE_MAPS(unreadableMaps(64)),

    /** A map without a value. */
    EMPTY_MAP(LoadBuilder.load().map(TestMap.of().frozen().bound())),

    /** A process of which nothing can be told any more, with the highest user id. */
    VANISHED_CLIENT(LoadBuilder.load().client(TestClient.of("", 0xffff_ffffL))),

    /** A load by the kernel itself. */
    BY_THE_KERNEL(LoadBuilder.load(ProgramType.SYSCALL).origin(LoadOrigin.KERNEL)),

    /** Attributes with the highest numbers. */
    STRANGE_ATTRIBUTES(LoadBuilder.load()
            .attributes(new LoadAttributes(
                    "\uFFFF".repeat(42), 1 << 31, -1, -1, -1, -1, AttachTarget.NONE, TypeRecords.NONE))),

    /** A feature probe of an unknown kind, by a mediator that only looks on. */
    UNKNOWN_PROBE(LoadBuilder.load().probe("no such probe").triable().notEnforced());

    @SuppressWarnings("ImmutableEnumChecker") // It only builds from here on.
    private final LoadBuilder builder;

    OddLoad(LoadBuilder builder) {
        this.builder = builder;
    }

    @Override
    public ProgramLoad get() {
        return builder.build();
    }

    private static LoadBuilder unreadableMaps(int count) {
        LoadBuilder load = LoadBuilder.load();
        for (int i = 0; i < count; i++) {
            load.map(TestMap.of((byte) i).unreadable());
        }
        return load;
    }
}
