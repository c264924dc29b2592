package org.bpfgate.command.internal.skeleton;

import java.nio.file.Path;
import org.bpfgate.command.internal.io.InputException;

/**
 * The bytes of a C source file, one after another, with spliced lines joined (C17 5.1.1.2, translation phase 2): a
 * backslash before a line end is not seen by the reader.
 */
final class CSource {
    /** What {@link #peek()} returns behind the last byte. */
    static final int END = -1;

    private final Path file;
    private final byte[] bytes;
    private int at;

    CSource(Path file, byte[] bytes) {
        this.file = file;
        this.bytes = bytes;
        skipSplices();
    }

    /** Returns the next byte, 0 to 255, without taking it; {@link #END} when there is none. */
    int peek() {
        return at < bytes.length ? bytes[at] & 0xff : END;
    }

    /** Takes the next byte and returns it; {@link #END} when there is none. */
    int take() {
        int taken = peek();
        if (taken != END) {
            at++;
            skipSplices();
        }
        return taken;
    }

    /** Takes the next byte if it is the one wanted. */
    boolean takeIf(int wanted) {
        boolean same = peek() == wanted;
        if (same) {
            take();
        }
        return same;
    }

    /** Returns the place of the next byte, for {@link #fault}. */
    int place() {
        return at;
    }

    /** Makes the error for something wrong at a place. */
    InputException fault(int place, String what) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < place; i++) {
            if (bytes[i] == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new InputException(file, line, place - lineStart + 1, what);
    }

    private void skipSplices() {
        while (at + 1 < bytes.length && bytes[at] == '\\') {
            if (bytes[at + 1] == '\n') {
                at += 2;
            } else if (bytes[at + 1] == '\r' && at + 2 < bytes.length && bytes[at + 2] == '\n') {
                at += 3;
            } else {
                return;
            }
        }
    }
}
