package org.bpfgate.benchmarks.allowlist;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfgate.program.ProgramDigest;

/** Reads the digests of a text list, whose lines are known to be good. */
final class SortedList {
    private SortedList() {}

    /** Takes digests one by one. */
    @FunctionalInterface
    interface Sink {
        void take(ProgramDigest digest) throws Exception;
    }

    static void forEach(Path list, Sink sink) throws Exception {
        try (BufferedReader lines = Files.newBufferedReader(list, StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                sink.take(ProgramDigest.parse(line.substring(0, 2 * ProgramDigest.SIZE)));
            }
        }
    }
}
