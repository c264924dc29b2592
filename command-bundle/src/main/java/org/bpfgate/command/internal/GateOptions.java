package org.bpfgate.command.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpfgate.command.read.internal.InputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say whom and what to trust; what is not given comes from the installation's {@code conf} folder. */
final class GateOptions {
    @Option(
            names = "--trust",
            paramLabel = "PATH",
            description = "certificates to trust, PEM or DER: a file, or a directory of them"
                    + " (sub-directories builtin, secondary, platform and NAME=ID are those keyrings)")
    private @Nullable List<Path> trust;

    @Option(names = "--allowlist", paramLabel = "PATH", description = "list of program digests to let in")
    private @Nullable List<Path> allowlists;

    @Option(
            names = "--keyring",
            paramLabel = "KEYRING",
            description = "keyring that the load asks for: builtin, secondary, platform, user, the NAME of another"
                    + " or a number (default: user, or the only one that has certificates)")
    private @Nullable String keyring;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "compat-n",
            description = "how hornet judges signatures: compat-n, compat-v7 or strict (default: compat-n)")
    private Mode mode = Mode.COMPAT_N;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--signature",
            paramLabel = "FILE",
            description = "signature of the program (default: PROGRAM.p7s, or the one in the skeleton header)")
    @Nullable
    Path signature;

    /** Configures the verifiers. */
    void configure(Gate gate, Home home) throws InputException {
        gate.trust(orInstalled(trust, home.conf("trust")), orInstalled(allowlists, home.conf("allowlist")), mode);
    }

    /** Returns the keyring that the load asks for. */
    int keyring(Gate gate) {
        if (keyring == null) {
            return gate.defaultKeyring();
        }
        Integer found = gate.keyring(keyring);
        if (found == null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "Invalid value for option '--keyring': expected builtin, secondary, platform, user, the name of a"
                            + " keyring or a 32-bit number, but was '" + keyring + "'");
        }
        return found;
    }

    private static List<Path> orInstalled(@Nullable List<Path> given, Path installed) {
        if (given != null) {
            return given;
        }
        return Files.exists(installed) ? List.of(installed) : List.of();
    }
}
