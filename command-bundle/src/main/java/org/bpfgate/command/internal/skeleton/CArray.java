package org.bpfgate.command.internal.skeleton;

import java.util.Arrays;
import org.bpfgate.command.internal.io.InputException;

/** An array of {@code char} that C source initialises. A string literal makes one with a zero byte at its end. */
final class CArray {
    private static final int MAX_BYTE = 0xff;

    private final byte[] bytes;
    private final int place;

    private CArray(byte[] bytes, int place) {
        this.bytes = bytes;
        this.place = place;
    }

    /** Returns the number of elements, which is what {@code sizeof} gives. */
    int size() {
        return bytes.length;
    }

    /** Returns a copy of the first elements; there are at least as many. */
    byte[] first(int count) {
        return Arrays.copyOf(bytes, count);
    }

    /** Returns where its value starts in the source. */
    int place() {
        return place;
    }

    /**
     * Takes a value that must come now: string literals, which are joined, or a list of numbers in braces.
     *
     * @throws InputException when something else comes
     */
    static CArray parse(CScanner scanner) throws InputException {
        int place = scanner.place();
        ByteBuilder value = new ByteBuilder();
        if (scanner.kind() == CScanner.Kind.STRING) {
            while (scanner.kind() == CScanner.Kind.STRING) {
                value.add(scanner.bytes());
                scanner.next();
            }
            value.add(0);
        } else if (scanner.skip('{')) {
            takeList(scanner, value);
        } else {
            throw scanner.fault(place, "expected a string literal or a list of bytes");
        }
        return new CArray(value.toByteArray(), place);
    }

    private static void takeList(CScanner scanner, ByteBuilder value) throws InputException {
        while (!scanner.skip('}')) {
            value.add((int) CNumber.take(scanner, MAX_BYTE));
            if (!scanner.isPunctuation('}')) {
                scanner.expect(',');
            }
        }
    }
}
