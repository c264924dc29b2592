package org.bpfgate.integrity.hash.internal.text;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.bpfgate.integrity.hash.internal.list.AllowlistEntry;
import org.bpfgate.integrity.hash.internal.list.Validity;
import org.bpfgate.program.ProgramDigest;

/**
 * Reads text lists. A list is what {@code sha256sum} writes, with programs in place of files:
 *
 * <pre>
 * # Comment lines begin with a number sign; empty lines mean nothing.
 * DIGEST  NAME
 * DIGEST  NAME # type=xdp source=build 42 of the router
 * DIGEST  NAME # type=tracing attach=trace_fentry:do_unlinkat
 * </pre>
 *
 * <ul>
 *   <li>The file is UTF-8 without control and format characters, not even tabs; lines end with a line feed, which the last
 *       one may lack. A line has up to {@value #MAX_LINE} bytes, a file that is used as it stands up to 64 MiB; a larger one is
 *       compiled.
 *   <li>DIGEST is the program digest ({@link org.bpfgate.program.Instructions#digest()}), 64 hexadecimal digits in either case at the
 *       beginning of the line, with or without {@code sha256:} before them.
 *   <li>Two spaces follow, or a space and the asterisk with which {@code sha256sum} marks binary files.
 *   <li>NAME is the name of the program: all that follows, spaces included, to the end of the line or to the first
 *       number sign that has a space on either side. It is not empty. A digest alone, or followed by the number
 *       sign, is an entry without a name, since names do not let programs in. {@code type=}, {@code attach=} and {@code source=} as words of
 *       the name are refused: the number sign before them is missing.
 *   <li>After that number sign come {@code type=}, a name of {@link org.bpfgate.program.ProgramType}; {@code attach=}, see
 *       {@link org.bpfgate.allowlist.ListedAttach}, only behind a type; and {@code source=}, text to the end of the line. Each may be
 *       left out, in this order. An entry with a type counts for loads of that type only, one with a way of attaching for that one only.
 *       {@code type=unspec} is no type. Only an entry with a type tells a program that changed from one that was never listed.
 * </ul>
 *
 * <p>Lines {@code #!valid-from TIME} and {@code #!valid-until TIME} say when the list counts, in RFC 3339 and UTC; no other line
 * may begin with {@code #!}.
 *
 * <p>A digest, a name, and a whole line may be listed any number of times.
 */
public final class AllowlistReader {
    /** Bytes in a line: a name and a path ({@code PATH_MAX} of {@code include/uapi/linux/limits.h}) fit. */
    static final int MAX_LINE = 4096;

    private final Path list;
    private final LineInput lines;
    private final byte[] digest = new byte[ProgramDigest.SIZE];
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final CharBuffer chars = CharBuffer.allocate(MAX_LINE);
    private Validity validity = Validity.ALWAYS;

    private AllowlistReader(Path list, InputStream in) {
        this.list = list;
        lines = new LineInput(in, MAX_LINE);
    }

    /**
     * Reads a file of any size, line by line.
     *
     * @param sink takes the entries in their order; may have taken some when this fails
     * @return when the list counts
     * @throws AllowlistException for the first defect
     */
    public static Validity read(Path list, Consumer<AllowlistEntry> sink) throws AllowlistException {
        try (InputStream in = AllowlistFile.open(list)) {
            return new AllowlistReader(list, in).readLines(sink);
        } catch (IOException e) {
            throw AllowlistFile.unreadable(list, e);
        }
    }

    /** Reads the bytes of a file, as {@link #read}. */
    public static Validity parse(Path list, byte[] bytes, Consumer<AllowlistEntry> sink) throws AllowlistException {
        try {
            return new AllowlistReader(list, new ByteArrayInputStream(bytes)).readLines(sink);
        } catch (IOException e) {
            throw AllowlistFile.unreadable(list, e);
        }
    }

    private Validity readLines(Consumer<AllowlistEntry> sink) throws IOException, AllowlistException {
        for (int number = 1; lines.advance(); number++) {
            if (lines.isTooLong()) {
                throw new AllowlistException(list, number, 1, "the line has more than 4096 bytes");
            }
            if (lines.isPlain()) {
                acceptPlain(new AllowlistLine(list, number, lines.text()), sink);
            } else {
                accept(decode(number), sink);
            }
        }
        return validity;
    }

    private void acceptPlain(AllowlistLine read, Consumer<AllowlistEntry> sink) throws AllowlistException {
        if (lines.readDigest(digest)) {
            sink.accept(EntryParser.parse(read, ProgramDigest.of(digest)));
        } else {
            accept(read, sink);
        }
    }

    private void accept(AllowlistLine read, Consumer<AllowlistEntry> sink) throws AllowlistException {
        if (AllowlistDirective.is(read)) {
            validity = AllowlistDirective.apply(read, validity);
        } else if (!read.isComment()) {
            sink.accept(EntryParser.parse(read));
        }
    }

    /** Reads a line that may have any bytes. */
    private AllowlistLine decode(int number) throws AllowlistException {
        chars.clear();
        utf8.reset();
        boolean malformed = utf8.decode(lines.bytes(), chars, true).isError();
        AllowlistLine text = new AllowlistLine(list, number, chars.flip().toString());
        text.requireVisible();
        if (malformed) {
            throw text.defect(text.text().length(), "not UTF-8");
        }
        return text;
    }
}
