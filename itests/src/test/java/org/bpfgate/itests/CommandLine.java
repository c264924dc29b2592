package org.bpfgate.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs commands as a user does: a process of its own, with a time limit instead of a hang. Immutable. */
public final class CommandLine {
    /** A command takes well below a second; a loaded machine may be a hundred times slower. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final List<String> words;
    private final Path directory;
    private final Map<String, String> environment;
    private final Duration limit;

    private CommandLine(List<String> words, Path directory, Map<String, String> environment, Duration limit) {
        this.words = List.copyOf(words);
        this.directory = directory;
        this.environment = Map.copyOf(environment);
        this.limit = limit;
    }

    /** The start script of the installation that was built. */
    public static CommandLine bpfgate() {
        return of(Gate.installation().resolve("bin/bpfgate").toString());
    }

    /** Any command, at the root of the source tree. */
    public static CommandLine of(String... words) {
        return new CommandLine(List.of(words), Gate.root(), Map.of(), LIMIT);
    }

    /** The same in another working directory. */
    public CommandLine in(Path other) {
        return new CommandLine(words, other, environment, limit);
    }

    /** The same with one environment variable more. */
    public CommandLine with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new CommandLine(words, directory, more, limit);
    }

    /** The same with another time limit. */
    public CommandLine within(Duration longest) {
        return new CommandLine(words, directory, environment, longest);
    }

    /** The same with more words, each by its {@code toString}. */
    public CommandLine and(Object... more) {
        return new CommandLine(joined(words, strings(more)), directory, environment, limit);
    }

    /** The same as the last words of another command, such as one that drops privileges. */
    public CommandLine under(String... prefix) {
        return new CommandLine(joined(List.of(prefix), words), directory, environment, limit);
    }

    /**
     * Runs the command to its end.
     *
     * @param arguments what follows the words so far, each by its {@code toString}
     * @throws AssertionError when it takes longer than the limit
     */
    public Result run(Object... arguments) {
        List<String> command = joined(words, strings(arguments));
        try {
            return run(command);
        } catch (IOException e) {
            throw new AssertionError("cannot run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private Result run(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("bpfgate-it", ".out");
        Path err = Files.createTempFile("bpfgate-it", ".err");
        try {
            int exitCode = wait(start(command, out, err), command);
            return new Result(command, exitCode, Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** Into files, because a full pipe would stop the command. */
    private Process start(List<String> command, Path out, Path err) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private int wait(Process process, List<String> command) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError(command + " did not end in " + limit);
        }
        return process.exitValue();
    }

    private static List<String> strings(Object... values) {
        List<String> strings = new ArrayList<>();
        for (Object value : values) {
            strings.add(value.toString());
        }
        return strings;
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /**
     * What a run gave.
     *
     * @param command its words
     * @param exitCode its exit code
     * @param stdout what it wrote as result
     * @param stderr what it wrote as diagnostics
     */
    public record Result(List<String> command, int exitCode, String stdout, String stderr) {
        /** The lines of the diagnostics. */
        public List<String> diagnostics() {
            return stderr.lines().toList();
        }

        /** Everything, to put before an assertion that fails. */
        @Override
        public String toString() {
            return String.join(" ", command) + "\nexit code " + exitCode + "\n" + stdout + stderr;
        }
    }
}
