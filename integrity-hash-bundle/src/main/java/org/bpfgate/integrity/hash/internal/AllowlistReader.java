package org.bpfgate.integrity.hash.internal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Reads text lists. A list is what {@code sha256sum} writes, with programs in place of files:
 *
 * <pre>
 * # Comment lines begin with a number sign; empty lines mean nothing.
 * DIGEST  NAME
 * DIGEST  NAME # type=xdp source=build 42 of the router
 * </pre>
 *
 * <ul>
 *   <li>The file is UTF-8 without control and format characters, not even tabs; lines end with a line feed, which the last
 *       one may lack. A line has up to {@value #MAX_LINE} bytes, a file up to 64 MiB.
 *   <li>DIGEST is the program digest ({@link org.bpfgate.program.Instructions#digest()}), 64 lower-case hexadecimal
 *       digits, at the beginning of the line.
 *   <li>Two spaces follow, or a space and the asterisk with which {@code sha256sum} marks binary files.
 *   <li>NAME is the name of the program: all that follows, spaces included, to the end of the line or to the first
 *       number sign that has a space on either side. It is not empty: as for {@code sha256sum --check}, a digest alone is not an
 *       entry. A program without a name is listed under any name, since the digest alone lets it in.
 *   <li>After that number sign come {@code type=}, a name of {@link org.bpfgate.program.ProgramType}, and
 *       {@code source=}, text to the end of the line; both may be left out, in this order. Only an entry with a type tells a
 *       program that changed from one that was never listed.
 * </ul>
 *
 * <p>A digest, a name, and a whole line may be listed any number of times.
 */
final class AllowlistReader {
    /** Bytes in a line: a name and a path ({@code PATH_MAX} of {@code include/uapi/linux/limits.h}) fit. */
    static final int MAX_LINE = 4096;

    private final Path list;
    private final byte[] bytes;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final CharBuffer chars = CharBuffer.allocate(MAX_LINE);

    private AllowlistReader(Path list, byte[] bytes) {
        this.list = list;
        this.bytes = bytes;
    }

    /**
     * Reads a file.
     *
     * @param sink takes the entries in their order; may have taken some when this fails
     * @throws AllowlistException for the first defect
     */
    static void read(Path list, Consumer<ListEntry> sink) throws AllowlistException {
        parse(list, ListFile.read(list), sink);
    }

    /** Reads the bytes of a file, as {@link #read}. */
    static void parse(Path list, byte[] bytes, Consumer<ListEntry> sink) throws AllowlistException {
        new AllowlistReader(list, bytes).readLines(sink);
    }

    private void readLines(Consumer<ListEntry> sink) throws AllowlistException {
        int number = 0;
        int start = 0;
        while (start < bytes.length) {
            int end = endOfLine(start, ++number);
            ListLine line = decode(start, end, number);
            if (!line.isComment()) {
                sink.accept(EntryParser.parse(line));
            }
            start = end + 1;
        }
    }

    private int endOfLine(int start, int number) throws AllowlistException {
        int end = start;
        while (end < bytes.length && bytes[end] != '\n') {
            if (end - start == MAX_LINE) {
                throw new AllowlistException(list, number, 1, "the line has more than 4096 bytes");
            }
            end++;
        }
        return end;
    }

    private ListLine decode(int start, int end, int number) throws AllowlistException {
        chars.clear();
        utf8.reset();
        boolean malformed = utf8.decode(ByteBuffer.wrap(bytes, start, end - start), chars, true)
                .isError();
        ListLine line = new ListLine(list, number, chars.flip().toString());
        line.requireVisible();
        if (malformed) {
            throw line.defect(line.text().length(), "not UTF-8");
        }
        return line;
    }
}
