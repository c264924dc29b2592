package org.bpfgate.itests.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What stands in for systemd: starts a gate again whenever it ends, and keeps its descriptors meanwhile ({@code service_manager.c}). */
final class ServiceManager implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final List<String> lines = new ArrayList<>();
    private long gate;

    private ServiceManager(Process process) {
        this.process = process;
        out = process.inputReader();
    }

    /**
     * Starts a gate, and waits until it is ready.
     *
     * @param keeps whether descriptors are kept
     */
    static ServiceManager start(Path program, Path root, boolean keeps) throws IOException {
        List<String> words = new ArrayList<>(
                List.of(program.toString(), root.resolve("notify").toString()));
        if (!keeps) {
            words.add("-n");
        }
        words.addAll(RunningGate.words(root));
        ServiceManager manager = new ServiceManager(new ProcessBuilder(words)
                .redirectError(
                        ProcessBuilder.Redirect.appendTo(root.resolve("log").toFile()))
                .start());
        manager.awaitLine("READY");
        return manager;
    }

    private String awaitLine(String beginning) {
        while (true) {
            String line = line();
            assertThat(line).as("the service manager has ended after %s", lines).isNotNull();
            lines.add(line);
            if (line.startsWith("started ")) {
                gate = Long.parseLong(line.substring("started ".length()));
            }
            if (line.startsWith(beginning)) {
                return line;
            }
        }
    }

    /** The next line; null at the end. A gate that never gets so far does not keep the test waiting. */
    private @Nullable String line() {
        CompletableFuture<@Nullable String> line = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                line.complete(out.readLine());
            } catch (IOException e) {
                line.completeExceptionally(e);
            }
        });
        try {
            return line.orTimeout(60, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new AssertionError("nothing more came after " + lines, e);
        }
    }

    /** Waits until a descriptor is kept, and returns its name. */
    String stored() {
        return awaitLine("stored ").substring("stored ".length());
    }

    /** Waits until a descriptor is kept no more, and returns its name. */
    String removed() {
        return awaitLine("removed ").substring("removed ".length());
    }

    /** Ends the gate by a signal that it cannot handle, and waits until the next one is ready. */
    void kill() {
        ProcessHandle.of(gate).orElseThrow().destroyForcibly();
        awaitLine("started ");
        awaitLine("READY");
    }

    /** Ends the gate in order, and waits until the next one is ready. */
    void restart() {
        ProcessHandle.of(gate).orElseThrow().destroy();
        awaitLine("started ");
        awaitLine("READY");
    }

    @Override
    public void close() {
        try {
            process.outputWriter().close();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the gate did not end");
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
