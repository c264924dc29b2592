package org.bpfgate.policy.ipe.internal.parser;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.text.Diagnostic;
import org.bpfgate.policy.ipe.internal.vocabulary.PropertyKey;
import org.jspecify.annotations.Nullable;

/** Explains errors in digests: another form, another algorithm, or the path of the file in place of its digest. */
final class DigestHint {
    /** The digest with a number of hexadecimal digits, for a value without the name of the algorithm. */
    private static final Map<Integer, String> BY_DIGITS =
            Map.of(32, "md5", 40, "sha1", 64, "sha256", 96, "sha384", 128, "sha512");

    /** A digest with the name of its algorithm before it, in a form that other tools use. */
    private static final Pattern NAMED = Pattern.compile("(sha-?(?:1|256|384|512)|md5)[:=](.*)");

    private DigestHint() {}

    /** Returns the error with an explanation; null when nothing explains it. */
    static @Nullable Diagnostic explained(Diagnostic error, PropertyKey property, String value) {
        if (isPath(value)) {
            return error.because("a path stands where a digest is wanted; " + howToGet(property))
                    .meaning(null);
        }
        String digest = digest(value);
        if (digest == null) {
            return null;
        }
        if (property.since() == Dialect.BPFGATE && !digest.startsWith("sha256:")) {
            String algorithm = digest.substring(0, digest.indexOf(':'));
            return error.because("this is a digest by " + algorithm.toUpperCase(Locale.ROOT)
                            + ", and only one by SHA-256" + " is compared; " + howToGet(property))
                    .meaning(null);
        }
        return error.because("a digest is ALGORITHM:HEX").meaning(property.key() + "=" + digest);
    }

    private static boolean isPath(String value) {
        return value.startsWith("/") || value.startsWith("./") || value.startsWith("../") || value.startsWith("~/");
    }

    /** Returns what prints the digest that is compared. */
    private static String howToGet(PropertyKey property) {
        return switch (property) {
            case BPF_CLIENT_EXE -> "sha256sum FILE prints that of an executable";
            case BPF_DIGEST ->
                "bpfgate check --format json FILE prints that of a program, which is not that of its file";
            case BPF_SIGNER, BPF_SIGNER_CA ->
                "openssl x509 -noout -fingerprint -sha256 -in FILE prints that of a certificate";
            case FSVERITY_DIGEST -> "fsverity digest FILE prints that of a file";
            default -> "a digest is ALGORITHM:HEX";
        };
    }

    /**
     * Returns the right form of a digest, which may lack its algorithm, be in capital letters, or have colons as browsers and openssl
     * print it; null for anything else, and where the algorithm has another number of digits.
     */
    private static @Nullable String digest(String value) {
        Matcher named = NAMED.matcher(value.toLowerCase(Locale.ROOT));
        String rest = named.matches() ? named.group(2) : value.toLowerCase(Locale.ROOT);
        String hex = rest.replace(":", "");
        String algorithm = BY_DIGITS.get(hex.length());
        boolean pairs = rest.equals(hex) || rest.matches("[0-9a-f]{2}(:[0-9a-f]{2})+");
        boolean agrees = !named.matches() || named.group(1).replace("-", "").equals(algorithm);
        return algorithm != null && pairs && agrees && hex.matches("[0-9a-f]+") ? algorithm + ":" + hex : null;
    }
}
