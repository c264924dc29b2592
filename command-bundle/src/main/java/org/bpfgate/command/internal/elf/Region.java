package org.bpfgate.command.internal.elf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bpfgate.command.internal.io.InputException;

/**
 * A named run of little-endian bytes in a binary file. Every access is checked, so that a length or an offset that the
 * file got wrong ends in an {@link InputException} that names the run.
 */
final class Region {
    /**
     * The longest name that is read, in bytes. It bounds the memory that hostile names can take, since many may share
     * their bytes in the file; the kernel itself takes names of functions below 512 ({@code KSYM_NAME_LEN}).
     */
    private static final int MAX_NAME = 1024;

    private final Path file;
    private final String name;
    private final ByteBuffer bytes;

    private Region(Path file, String name, ByteBuffer bytes) {
        this.file = file;
        this.name = name;
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The bytes of a whole file; they are not copied. */
    static Region of(Path file, String name, byte[] bytes) {
        return new Region(file, name, ByteBuffer.wrap(bytes));
    }

    /** A part of this region under a name of its own, without a copy. */
    Region slice(String part, long at, long size) throws InputException {
        require(at, size);
        return new Region(file, part, bytes.slice((int) at, (int) size));
    }

    Path file() {
        return file;
    }

    int size() {
        return bytes.limit();
    }

    int u8(long at) throws InputException {
        require(at, 1);
        return bytes.get((int) at) & 0xff;
    }

    int u16(long at) throws InputException {
        require(at, 2);
        return bytes.getShort((int) at) & 0xffff;
    }

    int i32(long at) throws InputException {
        require(at, 4);
        return bytes.getInt((int) at);
    }

    long u32(long at) throws InputException {
        return i32(at) & 0xffff_ffffL;
    }

    long i64(long at) throws InputException {
        require(at, 8);
        return bytes.getLong((int) at);
    }

    byte[] copy(long at, long size) throws InputException {
        require(at, size);
        byte[] copy = new byte[(int) size];
        bytes.get((int) at, copy);
        return copy;
    }

    /** Copies the whole region into an array that has room for it. */
    void copyTo(byte[] target, int at) {
        bytes.get(0, target, at, bytes.limit());
    }

    /** Reads the NUL-terminated text that starts at an offset. */
    String text(long at) throws InputException {
        require(at, 1);
        int start = (int) at;
        int end = start;
        while (bytes.get(end) != 0) {
            end++;
            if (end == bytes.limit() || end - start > MAX_NAME) {
                throw fault("has a name at offset " + at + " that does not end");
            }
        }
        return new String(copy(start, end - start), StandardCharsets.UTF_8);
    }

    /** Makes the error for something wrong in this region; the words follow its name. */
    InputException fault(String what) {
        return new InputException(file, name + " " + what);
    }

    private void require(long at, long size) throws InputException {
        if (at < 0 || size < 0 || at > bytes.limit() - size) {
            throw fault("has " + bytes.limit() + " bytes, too few for " + Long.toUnsignedString(size) + " at offset "
                    + Long.toUnsignedString(at));
        }
    }
}
