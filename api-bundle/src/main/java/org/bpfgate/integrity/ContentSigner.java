package org.bpfgate.integrity;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A service that signs a text, such as a list of digests or a policy, so that {@link SignedContentReader} reads it.
 * Registered with the property {@link ProgramSigner#CONTRACT}. Implementations are safe for use by several threads.
 */
@ProviderType
public interface ContentSigner {
    /**
     * Signs.
     *
     * @param request who signs, and how; the certificate belongs to the key
     * @param content what is signed, as it stands; must not change meanwhile
     * @return the DER of a CMS message that carries the content
     * @throws SigningException when a file, token or command cannot be used, the key and the certificate do not belong together, the
     *     contract has no place for a key of that kind, the message would be longer than the kernel's decoder reads, or the message
     *     that the signature is to be added to is not one over this content
     */
    byte[] sign(SigningRequest request, byte[] content) throws SigningException;

    /** Makes a new message; see {@link #sign(SigningRequest, byte[])}. */
    default byte[] sign(SigningIdentity identity, byte[] content) throws SigningException {
        return sign(SigningRequest.of(identity), content);
    }
}
