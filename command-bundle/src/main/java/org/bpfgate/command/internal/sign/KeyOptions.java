package org.bpfgate.command.internal.sign;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.bpfgate.integrity.SigningIdentity;
import org.bpfgate.integrity.SigningKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Who signs: where the private key is, and its certificate. */
final class KeyOptions {
    private static final String TOKEN = "pkcs11:";
    private static final int DEFAULT_SECONDS = 60;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Where where = new Where();

    /** One of the two. */
    private static final class Where {
        @Option(
                names = "--key",
                required = true,
                paramLabel = "KEY",
                description =
                        "private key: a file (PEM, DER or PKCS#12, which may hold the certificate too), or a pkcs11: URI of a key"
                                + " on a token")
        private @Nullable Path key;

        @Option(
                names = "--signer",
                required = true,
                paramLabel = "COMMAND",
                description =
                        "a shell command that signs: gets the bytes to sign on standard input, gives the signature on standard"
                                + " output; for keys in a key management service")
        private @Nullable String command;
    }

    @Option(
            names = "--signer-timeout",
            paramLabel = "SECONDS",
            description = "how long the command of --signer may take (default: 60)")
    private @Nullable Integer seconds;

    @Option(
            names = "--cert",
            paramLabel = "FILE",
            description = "certificate, PEM or DER (default: the one in the key file, or with the key on the token)")
    private @Nullable Path certificate;

    @Mixin
    private PasswordOption password = new PasswordOption();

    /** Returns the identity that the options name. */
    SigningIdentity identity(Consumer<String> warnings) {
        return new SigningIdentity(key(), Optional.ofNullable(certificate), password, warnings);
    }

    /** Refuses options that fit each other only in part, before anything is read. */
    void check() {
        if (seconds != null && where.command == null) {
            throw new ParameterException(spec.commandLine(), "--signer-timeout: there is no --signer");
        }
        if (seconds != null && seconds <= 0) {
            throw new ParameterException(
                    spec.commandLine(), "--signer-timeout: " + seconds + " is no number of seconds");
        }
        if (where.command != null && certificate == null) {
            throw new ParameterException(spec.commandLine(), "--signer: needs the certificate of its key: --cert FILE");
        }
    }

    private SigningKey key() {
        if (where.command != null) {
            return new SigningKey.ByCommand(
                    where.command, Duration.ofSeconds(seconds == null ? DEFAULT_SECONDS : seconds));
        }
        // A path, so that - is standard input here too; as one it keeps the letters of a URI.
        Path file = Objects.requireNonNull(where.key);
        return file.toString().startsWith(TOKEN)
                ? new SigningKey.OnToken(file.toString())
                : new SigningKey.InFile(file);
    }
}
