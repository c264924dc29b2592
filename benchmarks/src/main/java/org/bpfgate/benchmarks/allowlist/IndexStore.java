package org.bpfgate.benchmarks.allowlist;

import java.nio.file.Path;
import org.bpfgate.integrity.hash.internal.index.CompiledIndex;

/**
 * The compiled list.
 *
 * @param file made by {@code bpfgate allowlist build}
 */
record IndexStore(Path file) implements Store {
    @Override
    public String name() {
        return "compiled list";
    }

    /** The command made it. */
    @Override
    public void make(Path sorted, long count) {}

    @Override
    public Opened open() throws Exception {
        return new OpenIndex(CompiledIndex.open(file));
    }

    private record OpenIndex(CompiledIndex index) implements Opened {
        @Override
        public Reader reader() {
            return index::contains;
        }

        /** It is unmapped with the index. */
        @Override
        public void close() {}
    }
}
