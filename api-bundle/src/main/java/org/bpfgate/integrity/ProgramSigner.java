package org.bpfgate.integrity;

import java.util.List;
import org.bpfgate.program.Instructions;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A service that makes the signature for one program, as an integrity verifier of the same contract accepts it.
 * Registered with the property {@link #CONTRACT}. Implementations are safe for use by several threads.
 */
@ProviderType
public interface ProgramSigner {
    /** The service property that names the signing contract, such as {@code hornet}. */
    String CONTRACT = "bpfgate.contract";

    /**
     * Signs.
     *
     * @param request who signs, and how; the certificate belongs to the key
     * @param instructions the program; its {@link Instructions#state()} must be complete
     * @param maps the value areas of the maps that the signature vouches for, each as the kernel hashes it, in the order of
     *     the program's {@code fd_array}
     * @return the DER of a detached CMS message
     * @throws SigningException when a file, token or command cannot be used, the key and the certificate do not belong together, the
     *     program is not signable, the contract has no place for a key of that kind, it covers fewer maps than there are, or the
     *     message that the signature is to be added to is not one of this contract over this program
     */
    byte[] sign(SigningRequest request, Instructions instructions, List<byte[]> maps) throws SigningException;

    /** Makes a new message, signed now; see {@link #sign(SigningRequest, Instructions, List)}. */
    default byte[] sign(SigningIdentity identity, Instructions instructions, List<byte[]> maps)
            throws SigningException {
        return sign(SigningRequest.of(identity), instructions, maps);
    }
}
