package org.bpfgate.benchmarks.allowlist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.bpfgate.integrity.hash.internal.index.IndexBuilder;
import org.bpfgate.program.ProgramType;

/** A compiled list in which each digest has one of {@value #NAMES} names, as a program has many digests through CO-RE. */
final class NamedList {
    /** A distribution has some thousands of programs. */
    static final int NAMES = 10_000;

    private NamedList() {}

    /** Returns the bytes per entry of a list of so many, which is deleted again. */
    static double bytesPerEntry(Path file, long count) throws IOException {
        try (IndexBuilder builder = new IndexBuilder(file)) {
            for (long i = 0; i < count; i++) {
                builder.add(Keys.digest(i), "program" + i % NAMES, ProgramType.XDP, null);
            }
            builder.write(Instant.EPOCH, Instant.EPOCH);
        }
        double bytes = Files.size(file);
        Files.delete(file);
        return bytes / count;
    }
}
