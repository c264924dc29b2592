package org.bpfgate.signing.internal.message;

import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.DigestCalculator;
import org.bpfgate.signing.internal.key.DigestKind;

/** A digest of the JDK as Bouncy Castle asks for one. */
final class KeyDigest implements DigestCalculator {
    private final DigestKind kind;
    private final MessageDigest digest;

    KeyDigest(DigestKind kind) {
        this.kind = kind;
        this.digest = kind.newDigest();
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
        return kind.algorithm();
    }

    @Override
    public OutputStream getOutputStream() {
        return new DigestOutputStream(OutputStream.nullOutputStream(), digest);
    }

    @Override
    public byte[] getDigest() {
        return digest.digest();
    }
}
