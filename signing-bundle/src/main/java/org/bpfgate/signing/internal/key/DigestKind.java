package org.bpfgate.signing.internal.key;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** The digests that messages are signed with. */
public enum DigestKind {
    SHA256("SHA-256", NISTObjectIdentifiers.id_sha256.getId()),
    SHA512("SHA-512", NISTObjectIdentifiers.id_sha512.getId());

    private final String javaName;
    private final String oid;

    DigestKind(String javaName, String oid) {
        this.javaName = javaName;
        this.oid = oid;
    }

    /** Returns how a message names it: without parameters (RFC 5754, 2). */
    public AlgorithmIdentifier algorithm() {
        return new AlgorithmIdentifier(new ASN1ObjectIdentifier(oid));
    }

    /** Returns a new object that digests data piece by piece. */
    public MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance(javaName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the Java platform lacks " + javaName, e);
        }
    }

    /** Digests the data. */
    public byte[] digest(byte[] data) {
        return newDigest().digest(data);
    }
}
