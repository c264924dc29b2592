package org.bpfgate.integrity.hash.internal.list;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bpfgate.integrity.hash.internal.record.NameMatch;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;

/**
 * The entries of a text list, found by digest, and by name and type.
 *
 * <p>Immutable; safe for use by several threads.
 */
public final class Allowlist {
    private final Map<ProgramDigest, List<AllowlistEntry>> byDigest;
    private final Map<ProgramType, Map<String, List<AllowlistEntry>>> byTypeAndName;
    private final long entries;
    private final long untyped;
    private final FileHashes fileHashes;

    private Allowlist(Builder collected) {
        byDigest = collected.byDigest;
        byTypeAndName = collected.byTypeAndName;
        entries = collected.entries;
        untyped = collected.untyped;
        fileHashes = collected.fileHashes;
    }

    /** Returns how many digests are listed. */
    int size() {
        return byDigest.size();
    }

    /** Returns how many entries there are. */
    long entries() {
        return entries;
    }

    /** Returns how many entries tell no type. */
    long untyped() {
        return untyped;
    }

    /** Returns which entries look like hashes of files. */
    FileHashes fileHashes() {
        return fileHashes;
    }

    /** Returns the entries with this digest, in the order of the list. */
    List<AllowlistEntry> find(ProgramDigest digest) {
        return byDigest.getOrDefault(digest, List.of());
    }

    /**
     * Returns the entries of a type whose names a kernel cuts to the same as this one, in the order of the list. An entry that tells no
     * type is not found.
     */
    List<AllowlistEntry> namesakes(String name, ProgramType type) {
        Map<String, List<AllowlistEntry>> byName = byTypeAndName.get(type);
        return byName == null ? List.of() : byName.getOrDefault(NameMatch.kept(name), List.of());
    }

    /** Collects entries in the order of the list. For one thread and one {@link #build()}. */
    public static final class Builder implements Consumer<AllowlistEntry> {
        private final Map<ProgramDigest, List<AllowlistEntry>> byDigest = new HashMap<>();
        private final Map<ProgramType, Map<String, List<AllowlistEntry>>> byTypeAndName =
                new EnumMap<>(ProgramType.class);
        private long entries;
        private long untyped;
        private FileHashes fileHashes = FileHashes.NONE;

        @Override
        public void accept(AllowlistEntry entry) {
            entries++;
            fileHashes = fileHashes.and(entry);
            add(byDigest, entry.digest(), entry);
            ProgramType type = entry.type();
            if (type == null) {
                untyped++;
            } else {
                add(byTypeAndName.computeIfAbsent(type, t -> new HashMap<>()), NameMatch.kept(entry.name()), entry);
            }
        }

        /** Most keys have one entry, for which there is a list without room for others. */
        private static <K> void add(Map<K, List<AllowlistEntry>> lists, K key, AllowlistEntry entry) {
            List<AllowlistEntry> before = lists.get(key);
            if (before == null) {
                lists.put(key, List.of(entry));
            } else if (before.size() == 1) {
                List<AllowlistEntry> more = new ArrayList<>(before);
                more.add(entry);
                lists.put(key, more);
            } else {
                before.add(entry);
            }
        }

        /** Hands over what was collected. */
        public Allowlist build() {
            return new Allowlist(this);
        }
    }
}
