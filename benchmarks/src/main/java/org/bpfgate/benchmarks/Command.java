package org.bpfgate.benchmarks;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;

/** A command that is run as a whole process, again and again. */
public final class Command {
    private final ProcessBuilder builder;

    /** A command that runs with the JDK of this process. Its data output is thrown away. */
    public Command(List<String> words) {
        builder = new ProcessBuilder(words);
        builder.redirectOutput(Redirect.DISCARD);
        builder.redirectError(Redirect.INHERIT);
        builder.environment().put("BPFGATE_JAVA_HOME", System.getProperty("java.home"));
    }

    /**
     * Runs it once.
     *
     * @return nanoseconds from before the process is made until it is known to have ended
     * @throws IOException when it does not start, or does not end with 0
     */
    public long nanos() throws IOException, InterruptedException {
        long start = System.nanoTime();
        int status = builder.start().waitFor();
        long nanos = System.nanoTime() - start;
        if (status != 0) {
            throw new IOException(String.join(" ", builder.command()) + " ended with " + status);
        }
        return nanos;
    }
}
