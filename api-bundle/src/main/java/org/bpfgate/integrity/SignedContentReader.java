package org.bpfgate.integrity;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A service that reads signed texts: CMS messages with their content attached, such as a signed list of digests or a signed
 * policy. Trust comes from the gate's keyrings. Safe for use by several threads.
 */
@ProviderType
public interface SignedContentReader {
    /**
     * Verifies a message, as the kernel verifies one with attached content.
     *
     * @param message the CMS message, DER or PEM
     * @param keyringId the keyring in which the signer is looked up, see {@link org.bpfgate.program.KeyringId}
     * @return {@link IntegrityVerdict#OK} with the content and the signer; else the verdict and reason without any content.
     *     Never an exception, whatever the bytes are
     */
    SignedContent read(byte[] message, int keyringId);

    /**
     * Tells whether a detached message was made over some content, to explain why it is no signature over something else. Says
     * nothing about trust.
     *
     * @param message the CMS message, DER
     * @param content what it may have been made over
     * @param keyringId the keyring in which the signer is looked up
     * @return true when the message names the digest of the content, or a key of the keyring verifies the signature; false when not,
     *     or when that cannot be told
     */
    default boolean isSignatureOver(byte[] message, byte[] content, int keyringId) {
        return false;
    }

    /**
     * Returns a number that changes whenever an answer of {@link #read} may change: when keyrings are reloaded, or a key or
     * digest is revoked.
     */
    long keyringGeneration();
}
