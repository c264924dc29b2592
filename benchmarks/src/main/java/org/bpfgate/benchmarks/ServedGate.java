package org.bpfgate.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real {@code bpfgate serve} with a root of its own, which is ready. Closing it ends it in order. */
public final class ServedGate implements AutoCloseable {
    private final Process process;
    private final Path root;

    private ServedGate(Process process, Path root) {
        this.process = process;
        this.root = root;
    }

    /**
     * Starts one, and returns when it says that it is ready.
     *
     * @param root where its directories are, or are made
     */
    public static ServedGate start(Path root) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(Tool.ofProject("bpfgate").toString(), "--root", root.toString(), "serve");
        builder.environment().put("BPFGATE_JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.redirectErrorStream(true).start();
        BufferedReader log = process.inputReader();
        StringBuilder said = new StringBuilder();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            said.append(line).append('\n');
            if (line.contains(" ready ")) {
                // What it logs later must not fill the pipe.
                Thread.ofPlatform().daemon().start(() -> drain(log));
                return new ServedGate(process, root);
            }
        }
        throw new IOException("bpfgate serve ended: " + said);
    }

    private static void drain(BufferedReader log) {
        try {
            log.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            // The pipe is closed with the process.
            return;
        }
    }

    /** Returns the words of a command line that is about this gate. */
    public List<String> words(String... words) {
        List<String> all = new ArrayList<>(List.of(Tool.ofProject("bpfgate").toString(), "--root", root.toString()));
        all.addAll(List.of(words));
        return all;
    }

    /** Returns its process id. */
    public long pid() {
        return process.pid();
    }

    /** Returns its control socket. */
    public Path control() {
        return root.resolve("run/bpfgate/control");
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
