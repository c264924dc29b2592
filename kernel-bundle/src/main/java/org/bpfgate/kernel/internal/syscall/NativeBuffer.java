package org.bpfgate.kernel.internal.syscall;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * A piece of memory outside the heap, which system calls read and write. Numbers are in the machine's byte order and need no
 * alignment. Every access outside the piece throws {@link IndexOutOfBoundsException}.
 */
public final class NativeBuffer {
    private final MemorySegment segment;

    NativeBuffer(MemorySegment segment) {
        this.segment = segment;
    }

    /** Returns where it begins, as system calls take it. */
    public long address() {
        return segment.address();
    }

    /** Returns its size in bytes. */
    public long size() {
        return segment.byteSize();
    }

    /** Returns a part of it. */
    public NativeBuffer slice(long offset, long size) {
        return new NativeBuffer(segment.asSlice(offset, size));
    }

    public short getShort(long offset) {
        return segment.get(ValueLayout.JAVA_SHORT_UNALIGNED, offset);
    }

    public int getInt(long offset) {
        return segment.get(ValueLayout.JAVA_INT_UNALIGNED, offset);
    }

    public long getLong(long offset) {
        return segment.get(ValueLayout.JAVA_LONG_UNALIGNED, offset);
    }

    public byte getByte(long offset) {
        return segment.get(ValueLayout.JAVA_BYTE, offset);
    }

    public void putShort(long offset, short value) {
        segment.set(ValueLayout.JAVA_SHORT_UNALIGNED, offset, value);
    }

    public void putInt(long offset, int value) {
        segment.set(ValueLayout.JAVA_INT_UNALIGNED, offset, value);
    }

    public void putLong(long offset, long value) {
        segment.set(ValueLayout.JAVA_LONG_UNALIGNED, offset, value);
    }

    public void putByte(long offset, byte value) {
        segment.set(ValueLayout.JAVA_BYTE, offset, value);
    }

    /** Copies an array in. */
    public void put(long offset, byte[] bytes) {
        MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, offset, bytes.length);
    }

    /** Copies bytes out. */
    public byte[] getBytes(long offset, int length) {
        byte[] bytes = new byte[length];
        MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, bytes, 0, length);
        return bytes;
    }

    /** Copies the bytes up to a NUL, or up to the end, as text. Bytes that are not ASCII come out as replacement characters. */
    public String getText(long offset, int length) {
        byte[] bytes = getBytes(offset, length);
        int end = 0;
        while (end < length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.US_ASCII);
    }

    /** Sets every byte to zero. */
    public void clear() {
        segment.fill((byte) 0);
    }
}
