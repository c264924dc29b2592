package org.bpfgate.command.internal.program;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A signature behind the end of a file, as {@code scripts/sign-file} makes it for kernel modules: the message, a
 * {@code struct module_signature} ({@code include/linux/module_signature.h}) and a magic text. No loader of BPF programs reads it.
 *
 * @param programSize bytes before the signature
 * @param messageSize bytes of the message
 */
public record AppendedSignature(int programSize, int messageSize) {
    /** {@code MODULE_SIG_STRING}. */
    private static final byte[] MAGIC = "~Module signature appended~\n".getBytes(StandardCharsets.US_ASCII);

    /** {@code sizeof(struct module_signature)}. */
    private static final int HEADER = 12;

    /** Offsets in it of the lengths of the signer's name and key, one byte each, and of the message, big endian. */
    private static final int SIGNER_LENGTH = 3;

    private static final int KEY_LENGTH = 4;
    private static final int MESSAGE_LENGTH = 8;

    /**
     * Finds the signature at the end of a file.
     *
     * @param file the whole file
     * @return the signature; empty when there is none, or its lengths do not fit into the file
     */
    static Optional<AppendedSignature> in(byte[] file) {
        int header = file.length - MAGIC.length - HEADER;
        if (header < 0 || !Arrays.equals(file, file.length - MAGIC.length, file.length, MAGIC, 0, MAGIC.length)) {
            return Optional.empty();
        }
        ByteBuffer fields = ByteBuffer.wrap(file, header, HEADER).slice();
        int names = (fields.get(SIGNER_LENGTH) & 0xff) + (fields.get(KEY_LENGTH) & 0xff);
        long message = fields.getInt(MESSAGE_LENGTH) & 0xffff_ffffL;
        long program = header - names - message;
        return program < 0 ? Optional.empty() : Optional.of(new AppendedSignature((int) program, (int) message));
    }

    /** Returns whether a file ends in such a signature; false for one that cannot be read, too. */
    public static boolean isOn(Path file) {
        try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "r")) {
            long start = reader.length() - MAGIC.length;
            byte[] end = new byte[MAGIC.length];
            if (start < 0) {
                return false;
            }
            reader.seek(start);
            reader.readFully(end);
            return Arrays.equals(end, MAGIC);
        } catch (IOException e) {
            return false;
        }
    }

    /** Says what is wrong with a file of instructions that has one, and the commands that take the two apart. */
    String explanation() {
        return "has an appended module signature, as scripts/sign-file makes it, and a load takes instructions and signature apart: "
                + "head -c " + programSize + " FILE > PROGRAM.insns; tail -c +" + (programSize + 1) + " FILE | head -c "
                + messageSize + " > PROGRAM.insns.p7s";
    }
}
