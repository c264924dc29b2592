package org.bpfgate.signing.internal.contract;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.bpfgate.integrity.ProgramSigner;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.SigningRequest;
import org.bpfgate.program.Instructions;
import org.bpfgate.signing.internal.message.SignerName;

/**
 * Signs by the contract {@code metadata} of mainline in 2026: the instructions and behind them the contents of the maps that
 * are bound through {@code fd_array}. No attributes, and the signer named by its key. Safe for use by several threads.
 */
public final class MetadataSigner implements ProgramSigner {
    /** The name of the contract. */
    public static final String CONTRACT = "metadata";

    /** What the kernel reads at most, 16 MiB (Documentation/bpf/signing.rst of mainline). */
    private static final long MAX_SIGNED = 16L << 20;

    @Override
    public byte[] sign(SigningRequest request, Instructions instructions, List<byte[]> maps) throws SigningException {
        Signing.requireComplete(instructions);
        byte[] signed = concatenate(instructions.toByteArray(), maps);
        return Signing.message(request, Signing.key(request.identity()), SignerName.SUBJECT_KEY)
                .over(signed);
    }

    private static byte[] concatenate(byte[] instructions, List<byte[]> maps) throws SigningException {
        long size = instructions.length;
        for (byte[] map : maps) {
            size += map.length;
        }
        if (size > MAX_SIGNED) {
            throw new SigningException("instructions and maps have " + size
                    + " bytes together, and the kernel takes a signature over at most " + MAX_SIGNED);
        }
        ByteArrayOutputStream signed = new ByteArrayOutputStream((int) size);
        signed.writeBytes(instructions);
        maps.forEach(signed::writeBytes);
        return signed.toByteArray();
    }
}
