package org.bpfgate.command.internal.list;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bpfgate.allowlist.ListedAttach;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;

/** Text lists as files: what is one, and how an entry is written. */
public final class TextList {
    /** A list needs a name in each line; the digest alone decides. */
    public static final String UNNAMED = "(unnamed)";

    /** A comment, an empty line, or an entry; the module {@code allowlist} reads lists exactly. */
    private static final Pattern LINE = Pattern.compile("#.*|\\s*|(sha256:)?[0-9a-fA-F]{64}\\b.*");

    private TextList() {}

    /** Returns whether a line may be one of a list. */
    public static boolean isLine(String line) {
        return LINE.matcher(line).matches();
    }

    /**
     * Returns whether a file holds a text list; an empty one does.
     *
     * @throws IOException when it cannot be read
     */
    static boolean isIn(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.allMatch(TextList::isLine);
        } catch (UncheckedIOException e) {
            // Not UTF-8, or not readable any more: no text that could be lost unseen.
            return false;
        }
    }

    /**
     * Writes an entry, without a source and a line feed.
     *
     * @param attach the way of attaching that the entry counts for; null for every one
     */
    public static String entry(ProgramDigest digest, String name, ProgramType type, @Nullable ListedAttach attach) {
        return digest.hex() + "  " + (name.isEmpty() ? UNNAMED : printable(name)) + " # type=" + type.label()
                + (attach == null ? "" : " attach=" + attach.text(type));
    }

    /** Lists are text without control characters. */
    public static String printable(String text) {
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            clean.append(c > ' ' && c < 0x7f && c != '#' ? c : '_');
        }
        return clean.toString();
    }
}
