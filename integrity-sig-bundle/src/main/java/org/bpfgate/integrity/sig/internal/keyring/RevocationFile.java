package org.bpfgate.integrity.sig.internal.keyring;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.bpfgate.integrity.sig.internal.file.InputFile;
import org.bpfgate.integrity.sig.internal.file.InputFileException;

/**
 * Reads a list of revoked digests: lines of {@code cert:HEX}, {@code tbs:HEX} or {@code bin:HEX} with an optional time in
 * the form of RFC 3339 from which the entry counts. Empty lines and lines that begin with {@code #} are comments.
 */
final class RevocationFile {
    private static final int SHA256_DIGITS = 64;

    private final Path file;
    private final Map<Revocations.Digest, Long> entries = new HashMap<>();

    private RevocationFile(Path file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @throws InputFileException for the first line that is none of the above
     */
    static Revocations read(Path file) throws InputFileException {
        String text = new String(InputFile.read(file), StandardCharsets.UTF_8);
        RevocationFile reader = new RevocationFile(file);
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (!line.isEmpty() && line.charAt(0) != '#') {
                reader.entry(i + 1, line);
            }
        }
        return new Revocations(reader.entries);
    }

    private void entry(int line, String text) throws InputFileException {
        int space = text.indexOf(' ');
        Revocations.Digest digest = digest(line, space < 0 ? text : text.substring(0, space));
        long from =
                space < 0 ? Long.MIN_VALUE : time(line, text.substring(space).strip());
        entries.merge(digest, from, Math::min);
    }

    private Revocations.Digest digest(int line, String text) throws InputFileException {
        for (Revocations.Kind kind : Revocations.Kind.values()) {
            String prefix = kind.name().toLowerCase(Locale.ROOT) + ":";
            if (text.startsWith(prefix)) {
                return new Revocations.Digest(kind, hex(line, text.substring(prefix.length())));
            }
        }
        throw new InputFileException(file, line, "expected cert:, tbs: or bin: and a SHA-256 digest");
    }

    private String hex(int line, String text) throws InputFileException {
        String digits = text.toLowerCase(Locale.ROOT);
        boolean isHex = digits.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
        if (digits.length() != SHA256_DIGITS || !isHex) {
            throw new InputFileException(file, line, "a SHA-256 digest has 64 hexadecimal digits");
        }
        return digits;
    }

    private long time(int line, String text) throws InputFileException {
        try {
            return Instant.parse(text).getEpochSecond();
        } catch (DateTimeException e) {
            throw new InputFileException(file, line, "expected a time like 2026-11-23T12:00:00Z, found '" + text + "'");
        }
    }
}
