package org.bpfgate.integrity.hash.internal;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;

/**
 * The entries of all configured lists, found by digest, and by name and type. Where several entries answer, the first one
 * listed is given.
 *
 * <p>Immutable; safe for use by several threads.
 */
final class Allowlist {
    /** Bytes of a program's name that the kernel keeps: {@code BPF_OBJ_NAME_LEN} less the final NUL. */
    private static final int KERNEL_NAME_LENGTH = 15;

    private final Map<ProgramDigest, ListEntry> byDigest;
    private final Map<ProgramType, Map<String, ListEntry>> byTypeAndName;

    private Allowlist(Map<ProgramDigest, ListEntry> byDigest, Map<ProgramType, Map<String, ListEntry>> byTypeAndName) {
        this.byDigest = byDigest;
        this.byTypeAndName = byTypeAndName;
    }

    /** Returns how many digests are listed. */
    int size() {
        return byDigest.size();
    }

    /** Finds the first entry with this digest. */
    Optional<ListEntry> find(ProgramDigest digest) {
        return Optional.ofNullable(byDigest.get(digest));
    }

    /**
     * Finds the first entry of this type and name. Names are compared as a kernel would keep them, cut after 15 bytes,
     * because the lists are written from files and the loads come from libraries that cut. An entry that tells no type is
     * not found.
     */
    Optional<ListEntry> find(String name, ProgramType type) {
        Map<String, ListEntry> byName = byTypeAndName.get(type);
        return byName == null ? Optional.empty() : Optional.ofNullable(byName.get(kernelName(name)));
    }

    /** Names that reach a kernel are ASCII, so that characters are bytes. */
    private static String kernelName(String name) {
        return name.length() > KERNEL_NAME_LENGTH ? name.substring(0, KERNEL_NAME_LENGTH) : name;
    }

    /** Collects entries in the order of the lists. For one thread and one {@link #build()}. */
    static final class Builder implements Consumer<ListEntry> {
        private final Map<ProgramDigest, ListEntry> byDigest = new HashMap<>();
        private final Map<ProgramType, Map<String, ListEntry>> byTypeAndName = new EnumMap<>(ProgramType.class);

        /** Adds an entry; one whose digest, or name and type, is there already does not replace the earlier one. */
        @Override
        public void accept(ListEntry entry) {
            byDigest.putIfAbsent(entry.digest(), entry);
            ProgramType type = entry.type();
            if (type != null) {
                namesOf(type).putIfAbsent(kernelName(entry.name()), entry);
            }
        }

        private Map<String, ListEntry> namesOf(ProgramType type) {
            Map<String, ListEntry> names = byTypeAndName.get(type);
            if (names == null) {
                names = new HashMap<>();
                byTypeAndName.put(type, names);
            }
            return names;
        }

        /** Hands over what was collected. */
        Allowlist build() {
            return new Allowlist(byDigest, byTypeAndName);
        }
    }
}
