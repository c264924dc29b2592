package org.bpfgate.serve.internal.jar;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The data of one entry: whether it unpacks to what the directory says, with nothing left. The JDK's reader leaves that unchecked. */
final class ZipData implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int STORED = 0;

    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] unpacked = new byte[BUFFER];
    private long count;

    private ZipData() {}

    /**
     * Checks one entry.
     *
     * @param at where its data begins
     */
    static boolean isWhole(FileChannel file, long at, ZipLayout.Entry entry) throws IOException {
        try (ZipData data = new ZipData()) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            long left = entry.packed();
            while (left > 0) {
                buffer.clear().limit((int) Math.min(left, BUFFER));
                int read = file.read(buffer, at + entry.packed() - left);
                if (read < 0) {
                    throw new EOFException();
                }
                left -= read;
                if (!data.add(buffer.flip(), entry)) {
                    return false;
                }
            }
            return (entry.method() == STORED || (data.inflater.finished() && data.inflater.getRemaining() == 0))
                    && data.count == entry.size()
                    && (int) data.crc.getValue() == entry.crc();
        } catch (DataFormatException e) {
            return false;
        }
    }

    /** Returns false when there is more than the directory says. */
    private boolean add(ByteBuffer packed, ZipLayout.Entry entry) throws DataFormatException {
        if (entry.method() == STORED) {
            count += packed.remaining();
            crc.update(packed);
            return true;
        }
        if (inflater.finished()) {
            return false;
        }
        inflater.setInput(packed);
        int read = inflater.inflate(unpacked);
        while (read > 0) {
            count += read;
            crc.update(unpacked, 0, read);
            if (count > entry.size()) {
                return false;
            }
            read = inflater.inflate(unpacked);
        }
        return inflater.finished() || inflater.needsInput();
    }

    @Override
    public void close() {
        inflater.close();
    }
}
