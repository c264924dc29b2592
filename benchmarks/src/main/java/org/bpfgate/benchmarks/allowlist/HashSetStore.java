package org.bpfgate.benchmarks.allowlist;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.bpfgate.program.ProgramDigest;

/**
 * All digests on the heap. Opening is reading the text list.
 *
 * @param file the sorted text list
 * @param count its lines
 */
record HashSetStore(Path file, long count) implements Store {
    @Override
    public String name() {
        return "HashSet";
    }

    /** It has no file of its own. */
    @Override
    public void make(Path sorted, long lines) {}

    @Override
    public Opened open() throws Exception {
        Set<ProgramDigest> digests = HashSet.newHashSet(Math.toIntExact(count));
        SortedList.forEach(file, digests::add);
        return new OpenSet(digests);
    }

    private record OpenSet(Set<ProgramDigest> digests) implements Opened {
        @Override
        public Reader reader() {
            return digests::contains;
        }

        /** It goes with its last reference. */
        @Override
        public void close() {}
    }
}
