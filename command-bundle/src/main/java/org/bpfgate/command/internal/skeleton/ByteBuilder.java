package org.bpfgate.command.internal.skeleton;

import java.util.Arrays;

/** Bytes that are collected one by one, and cleared to collect the next run in the same memory. */
final class ByteBuilder {
    private byte[] bytes = new byte[64];
    private int size;

    void add(int value) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * size);
        }
        bytes[size++] = (byte) value;
    }

    void add(byte[] values) {
        for (byte value : values) {
            add(value);
        }
    }

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    /** Returns the first byte; there must be one. */
    int first() {
        return bytes[0] & 0xff;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }
}
