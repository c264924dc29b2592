package org.bpfgate.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** The main class of the start script: one command line in, one exit code out. */
public final class Launcher {
    /** The exit code for a failure of bpfgate itself, as in the command line's contract. */
    private static final int FAILED = 1;

    /** The verbs that start another command. */
    private static final Set<String> STARTING = Set.of("run", "exec", "learn");

    /** The exit code of these when the command was not started, as that of env(1). */
    private static final int NOT_RUN = 125;

    private Launcher() {}

    /**
     * Runs one command. The system property {@code bpfgate.home} names the installation.
     *
     * @param arguments the command line
     */
    public static void main(String... arguments) {
        System.exit(run(arguments));
    }

    /** Runs one command and returns its exit code; says in one line what is wrong with the installation. */
    static int run(String... arguments) {
        try (Platform platform = Platform.start(home(), arguments.length == 0 ? "" : arguments[0])) {
            return platform.command().applyAsInt(arguments);
        } catch (IOException | LaunchException e) {
            System.err.println("bpfgate: " + e.getMessage());
            return failed(arguments);
        } catch (RuntimeException | Error e) {
            // Thrown on, it would end this thread only: those of the framework keep the JVM alive.
            System.err.println("bpfgate: failed inside: " + e);
            return failed(arguments);
        }
    }

    private static int failed(String... arguments) {
        return arguments.length > 0 && STARTING.contains(arguments[0]) ? NOT_RUN : FAILED;
    }

    private static Path home() throws LaunchException {
        String home = System.getProperty("bpfgate.home");
        if (home == null) {
            throw new LaunchException("the system property bpfgate.home does not say where bpfgate is installed");
        }
        return Path.of(home);
    }
}
