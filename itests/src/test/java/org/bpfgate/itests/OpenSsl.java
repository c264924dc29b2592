package org.bpfgate.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** The {@code openssl} of this machine: another hand at the same keys and messages. */
public final class OpenSsl {
    private OpenSsl() {}

    /** The kinds of keys that programs are signed with, and how {@code openssl req} makes one. */
    public enum Kind {
        RSA("rsa", "rsa_keygen_bits:2048"),
        P256("ec", "ec_paramgen_curve:P-256"),
        P384("ec", "ec_paramgen_curve:P-384");

        private final String algorithm;
        private final String parameter;

        Kind(String algorithm, String parameter) {
            this.algorithm = algorithm;
            this.parameter = parameter;
        }
    }

    /**
     * A key and its certificate.
     *
     * @param key PEM, PKCS#8
     * @param certificate PEM, self-signed
     */
    public record Signer(Path key, Path certificate) {}

    /** Makes a key and a certificate for it, named after it. */
    public static Signer signer(Path directory, String name, Kind kind) {
        Signer made = new Signer(directory.resolve(name + ".key"), directory.resolve(name + ".crt"));
        run(openssl()
                .and("req", "-x509", "-nodes", "-sha256", "-days", "30", "-subj", "/CN=" + name)
                .and("-keyout", made.key(), "-out", made.certificate())
                .and("-newkey", kind.algorithm, "-pkeyopt", kind.parameter));
        return made;
    }

    /**
     * Signs a file, detached.
     *
     * @param options more of {@code openssl cms -sign}
     * @return the signature, in DER
     */
    public static Path sign(Path content, Signer signer, Path signature, Object... options) {
        run(openssl()
                .and("cms", "-sign", "-binary", "-md", "sha256", "-nocerts", "-outform", "DER", "-in", content)
                .and("-signer", signer.certificate(), "-inkey", signer.key(), "-out", signature)
                .and(options));
        return signature;
    }

    /** Verifies a detached signature and returns what {@code openssl} says. */
    public static CommandLine.Result verify(Path content, Path signature, Path trusted) {
        return openssl()
                .and("cms", "-verify", "-binary", "-inform", "DER", "-in", signature, "-content", content)
                .and("-certfile", trusted, "-CAfile", trusted, "-purpose", "any", "-out", "/dev/null")
                .run();
    }

    private static CommandLine openssl() {
        Requires.command("openssl");
        return CommandLine.of("openssl");
    }

    private static void run(CommandLine command) {
        CommandLine.Result result = command.run();
        assertThat(result.exitCode()).as("%s", result).isZero();
    }
}
