package org.bpfgate.itests;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs of its machine. Where that is missing the test is skipped with the reason printed; with
 * {@code -Dbpfgate.require=true} it fails instead, so that CI skips nothing unseen.
 */
public final class Requires {
    private Requires() {}

    /** Needs a command on the path. */
    public static void command(String name) {
        that(isInstalled(name), "the command " + name + " is not installed");
    }

    /**
     * Needs a fact.
     *
     * @param otherwise what to tell when it does not hold
     */
    public static void that(boolean fact, String otherwise) {
        if (fact) {
            return;
        }
        if (Boolean.getBoolean("bpfgate.require")) {
            Assertions.fail("bpfgate.require is set, and " + otherwise);
        }
        System.err.println("skipped: " + otherwise);
        Assumptions.abort(otherwise);
    }

    private static boolean isInstalled(String name) {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, name))) {
                return true;
            }
        }
        return false;
    }
}
