package org.bpfgate.benchmarks.allowlist;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import org.bpfgate.benchmarks.SkippedException;

/** Programs of the machine and of the installation. */
final class OtherProgram {
    private OtherProgram() {}

    /**
     * Runs a program to its end.
     *
     * @return seconds
     * @throws SkippedException when there is no such program
     * @throws IOException when it fails; it has said why
     */
    static double seconds(List<String> words) throws IOException, InterruptedException, SkippedException {
        long start = System.nanoTime();
        int status = start(words).waitFor();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (status != 0) {
            throw new IOException(String.join(" ", words) + " ended with " + status);
        }
        return seconds;
    }

    private static Process start(List<String> words) throws SkippedException {
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.redirectOutput(Redirect.DISCARD);
        builder.redirectError(Redirect.INHERIT);
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("BPFGATE_JAVA_HOME", System.getProperty("java.home"));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new SkippedException(words.getFirst() + " is needed: " + e.getMessage());
        }
    }

    /** Takes a file out of the page cache, which the kernel does for pages that are written back and that nobody has mapped. */
    static void dropCache(Path file) throws IOException, InterruptedException, SkippedException {
        seconds(List.of("sync", file.toString()));
        seconds(List.of("dd", "if=" + file, "iflag=nocache", "count=0", "status=none"));
    }
}
