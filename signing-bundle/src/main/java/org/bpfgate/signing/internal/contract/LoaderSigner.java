package org.bpfgate.signing.internal.contract;

import java.util.List;
import org.bpfgate.integrity.ProgramSigner;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.SigningRequest;
import org.bpfgate.program.Instructions;
import org.bpfgate.signing.internal.key.SignerKey;
import org.bpfgate.signing.internal.message.SignerName;

/**
 * Signs by the contract {@code loader}, as {@code bpftool} does for Linux 6.18: the instructions alone, because a loader
 * itself compares the hash of its map. No attributes, and the signer named by its key. Safe for use by several threads.
 */
public final class LoaderSigner implements ProgramSigner {
    /** The name of the contract. */
    public static final String CONTRACT = "loader";

    @Override
    public byte[] sign(SigningRequest request, Instructions instructions, List<byte[]> maps) throws SigningException {
        Signing.requireComplete(instructions);
        if (!maps.isEmpty()) {
            throw new SigningException("the contract loader covers instructions only, and "
                    + (maps.size() == 1 ? "1 map is" : maps.size() + " maps are")
                    + " given (the contracts hornet and metadata cover maps)");
        }
        SignerKey key = Signing.key(request.identity());
        Signing.requireClassical(key, CONTRACT);
        return Signing.message(request, key, SignerName.SUBJECT_KEY).over(instructions.toByteArray());
    }
}
