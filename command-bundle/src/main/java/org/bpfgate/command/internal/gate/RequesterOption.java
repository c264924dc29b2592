package org.bpfgate.command.internal.gate;

import java.nio.file.Path;
import org.bpfgate.command.internal.context.Home;
import org.bpfgate.command.internal.io.InputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that says who asks for the loads of programs in files. */
public final class RequesterOption {
    @Option(
            names = "--as",
            paramLabel = "WHO",
            description =
                    "who asks for the loads: uid=NUMBER, exe=FILE or exe=sha256:HEX, unit=UNIT, probe=NAME or probe=true, license=TEXT,"
                            + " kernel=true; several are parted by commas (default: nobody)")
    private @Nullable String words;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /**
     * Returns who asks.
     *
     * @param home has the list of the feature probes that there are
     */
    public Requester requester(Home home) throws InputException {
        String given = words;
        try {
            return given == null ? Requester.NOBODY : Requester.of(given, Path.of(""), ProbeNames.shipped(home));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "Invalid value for option '--as': " + e.getMessage(), e);
        }
    }
}
