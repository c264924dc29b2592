package org.bpfgate.command.internal.allowlist;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpfgate.program.ProgramDigest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Digests on the command line. */
final class DigestArgument {
    private static final String PREFIX = "sha256:";

    /** Digits of a tag, {@code BPF_TAG_SIZE} bytes. */
    private static final int TAG_DIGITS = 16;

    private static final Pattern HEX = Pattern.compile("(?:[A-Za-z0-9-]+:)?([0-9a-fA-F]+)");

    /** Which digest has so many digits; 16 are those of a tag, of which several programs may be. */
    private static final Map<Integer, String> BY_DIGITS = Map.of(32, "MD5", 40, "SHA-1", 96, "SHA-384", 128, "SHA-512");

    private DigestArgument() {}

    /**
     * Reads a digest or a tag, with or without the {@code sha256:} that reports put before digests, in either case.
     *
     * @return 16 or 64 digits in lower case; null when it is neither
     */
    static @Nullable String digits(String text) {
        boolean prefixed = text.startsWith(PREFIX);
        String digits = (prefixed ? text.substring(PREFIX.length()) : text).toLowerCase(Locale.ROOT);
        boolean hex = !digits.isEmpty() && digits.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 0x80);
        return hex && (digits.length() == 2 * ProgramDigest.SIZE || (!prefixed && digits.length() == TAG_DIGITS))
                ? digits
                : null;
    }

    /** Returns what to do about a text that is no digest, as the end of a sentence; empty where nobody can tell. */
    static String hint(String text) {
        if (Files.exists(Path.of(text))) {
            return "; of a file \"bpfgate check --format json FILE\" prints the digests of the programs";
        }
        Matcher hex = HEX.matcher(text);
        if (!hex.matches()) {
            return "";
        }
        String algorithm = BY_DIGITS.get(hex.group(1).length());
        return algorithm == null ? "" : "; this is a digest by " + algorithm + ", and lists have digests by SHA-256";
    }

    /**
     * Reads digests, with or without the {@code sha256:} that reports put before them, in either case.
     *
     * @param command the one that was given them
     * @return them, each once, in their order
     * @throws ParameterException for what is not 64 hexadecimal digits
     */
    static Set<ProgramDigest> all(List<String> texts, CommandLine command) {
        Set<ProgramDigest> digests = new LinkedHashSet<>();
        for (String text : texts) {
            String digits = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
            try {
                digests.add(ProgramDigest.parse(digits));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(
                        command,
                        "expected DIGEST, 64 hexadecimal digits of a SHA-256 digest, but was '" + text + "'"
                                + hint(text));
            }
        }
        return digests;
    }
}
