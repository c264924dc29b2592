package org.bpfgate.integrity.sig.internal.pkcs7;

import org.bpfgate.integrity.sig.internal.x509.DigestAlgorithm;
import org.bpfgate.integrity.sig.internal.x509.KeyKind;
import org.bpfgate.integrity.sig.internal.x509.VerifyingKey;
import org.jspecify.annotations.Nullable;

/** One signature in a message. Immutable. */
public final class SignerInfo {
    private final SignerName name;
    private final DigestAlgorithm digest;
    private final KeyKind keyKind;
    private final @Nullable SignedAttributes attributes;
    private final byte[] signature;

    /**
     * Puts a signer info together.
     *
     * @param name who signed
     * @param digest over content and attributes
     * @param keyKind the kind of key that made the signature
     * @param attributes null when the content itself is signed
     * @param signature the signature
     */
    SignerInfo(
            SignerName name,
            DigestAlgorithm digest,
            KeyKind keyKind,
            @Nullable SignedAttributes attributes,
            byte[] signature) {
        this.name = name;
        this.digest = digest;
        this.keyKind = keyKind;
        this.attributes = attributes;
        this.signature = signature;
    }

    /** Returns who the message says signed. */
    public SignerName name() {
        return name;
    }

    /** Returns the digest algorithm. */
    public DigestAlgorithm digest() {
        return digest;
    }

    /** Returns the signed attributes; null when there are none. */
    public @Nullable SignedAttributes attributes() {
        return attributes;
    }

    /**
     * Returns whether a key made this signature: over the attributes if there are any, over the content otherwise. The
     * digest of the content in the attributes is not compared here.
     */
    boolean isMadeWith(VerifyingKey key, Content content) {
        byte[] signed = attributes == null ? content.bytes() : attributes.signedBytes();
        return key.kind() == keyKind && key.verifies(digest, signed, signature);
    }
}
