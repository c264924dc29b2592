package org.bpfgate.kernel.internal.request;

import java.nio.charset.StandardCharsets;
import org.bpfgate.kernel.internal.client.ClientMemory;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.SyscallException;

/**
 * A client's buffer for a log. For one thread.
 *
 * @param memory the client's memory
 * @param address of the buffer; 0 when it wants none
 * @param size of the buffer, in bytes
 * @param level how much it wants to read; 0 when nothing
 * @param trueSize the client's address for the size of the whole log; 0 for none
 */
public record LogBuffer(ClientMemory memory, long address, long size, int level, long trueSize) {
    /**
     * Writes a text of the gate; nothing when the client wants no log. A buffer that is too small gets the last lines, as the kernel's
     * own log does: the last one says what was decided. Of a last line that is too long it gets the beginning.
     */
    public void write(String text) throws SyscallException {
        if (address == 0 || size == 0 || level == 0) {
            return;
        }
        try (NativeScope scope = NativeScope.open()) {
            int whole = (int) scope.text(text).size();
            NativeBuffer lines = scope.text(lastLines(text, size - 1));
            long shown = Math.min(lines.size(), size);
            lines.putByte(shown - 1, (byte) 0);
            memory.write(address, lines, shown);
            writeTrueSize(whole);
        }
    }

    /** Returns as many last lines as have this number of bytes at most, but the last one in any case. */
    static String lastLines(String text, long bytes) {
        String kept = text;
        int next = kept.indexOf('\n') + 1;
        while (kept.getBytes(StandardCharsets.UTF_8).length > bytes && next > 0 && next < kept.length()) {
            kept = kept.substring(next);
            next = kept.indexOf('\n') + 1;
        }
        return kept;
    }

    /**
     * Copies what the kernel wrote.
     *
     * @param log a buffer of ours, into which the kernel wrote for the client's
     * @param whole the size of the whole log as the kernel reports it, unsigned; 0 when it reports none
     */
    public void copyBack(NativeBuffer log, int whole) throws SyscallException {
        long length = whole & 0xffffffffL;
        if (address != 0 && length > 0) {
            memory.write(address, log, Math.min(length, log.size()));
        }
        if (length > 0) {
            writeTrueSize(whole);
        }
    }

    /** Writes the size of the whole log, where the client has room for it. */
    public void writeTrueSize(int whole) throws SyscallException {
        if (trueSize != 0) {
            try (NativeScope scope = NativeScope.open()) {
                NativeBuffer number = scope.allocate(Integer.BYTES);
                number.putInt(0, whole);
                memory.write(trueSize, number, Integer.BYTES);
            }
        }
    }
}
