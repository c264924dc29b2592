package org.bpfgate.kernel.mediate.internal;

import org.bpfgate.kernel.syscall.internal.NativeBuffer;
import org.bpfgate.kernel.syscall.internal.NativeScope;
import org.bpfgate.kernel.syscall.internal.SyscallException;

/**
 * Where a client wants its log. For one thread.
 *
 * @param memory the client's memory
 * @param address of the buffer; 0 when it wants none
 * @param size of the buffer, in bytes
 * @param level how much it wants to read; 0 when nothing
 * @param trueSize where the kernel tells the size of the whole log; 0 when nowhere
 */
record LogBuffer(ClientMemory memory, long address, long size, int level, long trueSize) {
    /** Writes a text of the gate, cut to the buffer; nothing when the client wants no log. */
    void write(String text) throws SyscallException {
        if (address == 0 || size == 0 || level == 0) {
            return;
        }
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer whole = scope.text(text);
            long shown = Math.min(whole.size(), size);
            whole.putByte(shown - 1, (byte) 0);
            memory.write(address, whole, shown);
            tellTrueSize((int) whole.size());
        }
    }

    /**
     * Copies what the kernel wrote.
     *
     * @param log a buffer of ours, into which the kernel wrote for the client's
     * @param whole the size of the whole log as the kernel tells it, unsigned; 0 when it tells none
     */
    void copyBack(NativeBuffer log, int whole) throws SyscallException {
        long length = whole & 0xffffffffL;
        if (address != 0 && length > 0) {
            memory.write(address, log, Math.min(length, log.size()));
        }
        if (length > 0) {
            tellTrueSize(whole);
        }
    }

    /** Tells the size of the whole log, where the client has room for it. */
    void tellTrueSize(int whole) throws SyscallException {
        if (trueSize != 0) {
            try (NativeScope scope = NativeScope.open()) {
                NativeBuffer number = scope.allocate(Integer.BYTES);
                number.putInt(0, whole);
                memory.write(trueSize, number, Integer.BYTES);
            }
        }
    }
}
