package org.bpfgate.itests.serve;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;

/** A real {@code bpfgate serve}, with a root of its own. Its end is awaited when it is closed. */
final class RunningGate implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Process process;
    private final Path root;
    private final Path log;

    private RunningGate(Process process, Path root, Path log) {
        this.process = process;
        this.root = root;
        this.log = log;
    }

    /** Starts one, and waits until it says that it is ready. */
    static RunningGate ready(Path root) throws IOException {
        return awaitReady(start(root));
    }

    /** Starts one by another command, such as one that takes capabilities away, and waits until it says that it is ready. */
    static RunningGate readyUnder(Path root, String... prefix) throws IOException {
        Files.createDirectories(root);
        List<String> words = new ArrayList<>(List.of(prefix));
        words.addAll(words(root));
        return awaitReady(start(root, root.resolve("log"), words));
    }

    /** Starts another one that takes the place of this one, and waits until it says that it is ready. */
    RunningGate successor() throws IOException {
        return awaitReady(start(root, Files.createTempFile(root, "log", ""), words(root, "--take-over")));
    }

    private static RunningGate awaitReady(RunningGate gate) throws IOException {
        await().atMost(LONGEST).until(() -> gate.log().contains("ready ") || !gate.process.isAlive());
        if (!gate.process.isAlive()) {
            throw new AssertionError("the gate ended: " + gate.log());
        }
        return gate;
    }

    /** Starts one, and does not wait. */
    static RunningGate start(Path root) throws IOException {
        Files.createDirectories(root);
        return start(root, root.resolve("log"), words(root));
    }

    /** The words of one. */
    static List<String> words(Path root, String... options) {
        List<String> words = new ArrayList<>(
                List.of(Gate.installation().resolve("bin/bpfgate").toString(), "--root", root.toString(), "serve"));
        words.addAll(List.of(options));
        return words;
    }

    private static RunningGate start(Path root, Path log, List<String> words) throws IOException {
        Process process = new ProcessBuilder(words)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(log.toFile())
                .redirectErrorStream(true)
                .start();
        return new RunningGate(process, root, log);
    }

    /** Asks it by the command line. */
    CommandLine.Result run(Object... words) {
        return CommandLine.bpfgate().and("--root", root).run(words);
    }

    /** Returns what it has logged so far. */
    String log() throws IOException {
        return Files.exists(log) ? Files.readString(log) : "";
    }

    long pid() {
        return process.pid();
    }

    /** Sends a signal. */
    void signal(String name) {
        CommandLine.of("kill", "-" + name).run(process.pid());
    }

    /** Waits for its end, and returns its exit code. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the gate did not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the gate did not end");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
