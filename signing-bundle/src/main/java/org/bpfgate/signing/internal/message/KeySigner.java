package org.bpfgate.signing.internal.message;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.ContentSigner;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.signing.internal.key.SignerKey;

/** A key as Bouncy Castle asks for signatures. */
final class KeySigner implements ContentSigner {
    private final SignerKey key;
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    KeySigner(SignerKey key) {
        this.key = key;
    }

    /** Carries a failure of the key through Bouncy Castle, whose interface knows none. */
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final SigningException reason;

        Failure(SigningException reason) {
            super(reason);
            this.reason = reason;
        }

        SigningException reason() {
            return reason;
        }
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
        return key.kind().signatureAlgorithm();
    }

    @Override
    public OutputStream getOutputStream() {
        return data;
    }

    @Override
    public byte[] getSignature() {
        try {
            return key.sign(data.toByteArray());
        } catch (SigningException e) {
            throw new Failure(e);
        }
    }
}
