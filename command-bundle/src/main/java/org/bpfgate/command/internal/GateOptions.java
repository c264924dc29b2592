package org.bpfgate.command.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpfgate.command.read.internal.InputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say whom and what to trust; what is not given comes from the installation's {@code conf} folder. */
final class GateOptions {
    @Option(
            names = "--trust",
            paramLabel = "PATH",
            description = "certificates to trust, PEM or DER: a file, or a directory of them"
                    + " (sub-directories builtin, secondary and platform are those keyrings)")
    private @Nullable List<Path> trust;

    @Option(names = "--allowlist", paramLabel = "PATH", description = "list of program digests to let in")
    private @Nullable List<Path> allowlists;

    @Option(
            names = "--keyring",
            paramLabel = "KEYRING",
            converter = KeyringOption.class,
            description = "keyring that the load asks for: builtin, secondary, platform, user or a number"
                    + " (default: user, or the only one that has certificates)")
    private @Nullable Integer keyring;

    @Option(
            names = "--signature",
            paramLabel = "FILE",
            description = "signature of the program (default: PROGRAM.p7s, or the one in the skeleton header)")
    @Nullable
    Path signature;

    /** Configures the verifiers. */
    void configure(Gate gate, Home home) throws InputException {
        gate.trust(orInstalled(trust, home.conf("trust")), orInstalled(allowlists, home.conf("allowlist")));
    }

    /** Returns the keyring that the load asks for. */
    int keyring(Gate gate) {
        return keyring == null ? gate.defaultKeyring() : keyring;
    }

    private static List<Path> orInstalled(@Nullable List<Path> given, Path installed) {
        if (given != null) {
            return given;
        }
        return Files.exists(installed) ? List.of(installed) : List.of();
    }
}
