package org.bpfgate.integrity.sig.internal.load;

import java.util.Arrays;
import org.bpfgate.integrity.sig.internal.pkcs7.Content;
import org.bpfgate.integrity.sig.internal.x509.DigestAlgorithm;
import org.jspecify.annotations.Nullable;

/** All that the judgement on a signature depends on, but for whom to trust. Immutable as long as its arrays are. */
public final class LoadKey {
    private final String rule;
    private final byte[] contentDigest;
    private final byte[] signature;
    private final int keyringId;

    /**
     * Makes a key.
     *
     * @param rule the rules by which the signature is judged
     * @param content what should be signed; known by its SHA-256
     * @param signature the message; not copied, and not to be written to any more
     * @param keyringId the keyring that the load asks for
     */
    public LoadKey(String rule, Content content, byte[] signature, int keyringId) {
        this.rule = rule;
        this.contentDigest = content.digest(DigestAlgorithm.SHA256);
        this.signature = signature;
        this.keyringId = keyringId;
    }

    /** Returns the size of the signature in bytes. */
    int signatureSize() {
        return signature.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LoadKey key
                && keyringId == key.keyringId
                && rule.equals(key.rule)
                && Arrays.equals(contentDigest, key.contentDigest)
                && Arrays.equals(signature, key.signature);
    }

    /** The digest is as good as random; its first bytes suffice. */
    @Override
    public int hashCode() {
        return contentDigest[0] << 24
                | (contentDigest[1] & 0xff) << 16
                | (contentDigest[2] & 0xff) << 8
                | (contentDigest[3] & 0xff);
    }
}
