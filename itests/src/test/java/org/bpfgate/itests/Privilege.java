package org.bpfgate.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Takes rights away, also from root, whom permissions alone do not stop. */
public final class Privilege {
    private static final String NO_OVERRIDE = "-dac_override,-dac_read_search";

    private Privilege() {}

    /** Forbids reading a file of this user, and returns the command in a form that heeds it. */
    public static CommandLine withoutReading(Path file, CommandLine command) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        if (!Files.isReadable(file)) {
            return command;
        }
        Requires.command("setpriv");
        CommandLine weak = command.under("setpriv", "--bounding-set", NO_OVERRIDE, "--inh-caps", NO_OVERRIDE);
        Requires.that(
                CommandLine.of("cat")
                                .under("setpriv", "--bounding-set", NO_OVERRIDE, "--inh-caps", NO_OVERRIDE)
                                .run(file)
                                .exitCode()
                        != 0,
                "this user reads every file and cannot drop that right");
        return weak;
    }
}
