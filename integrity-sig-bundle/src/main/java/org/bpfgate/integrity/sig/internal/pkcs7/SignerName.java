package org.bpfgate.integrity.sig.internal.pkcs7;

import java.util.HexFormat;
import org.bpfgate.integrity.sig.internal.asn1.Element;
import org.bpfgate.integrity.sig.internal.x509.DistinguishedName;
import org.bpfgate.integrity.sig.internal.x509.KeyId;
import org.jspecify.annotations.Nullable;

/** How a message names a signer, SignerIdentifier (RFC 5652, 5.3). */
public final class SignerName {
    /** A serial number has at most 20 bytes (RFC 5280, 4.1.2.2); longer ones are cut for people. */
    private static final int MAX_SHOWN = 20;

    private final KeyId keyId;
    private final byte @Nullable [] issuer;
    private final byte[] number;

    private SignerName(KeyId keyId, byte @Nullable [] issuer, byte[] number) {
        this.keyId = keyId;
        this.issuer = issuer;
        this.number = number;
    }

    static SignerName ofIssuerAndSerial(Element issuer, Element serial) {
        byte[] name = issuer.content();
        byte[] number = serial.content();
        return new SignerName(KeyId.ofIssuerAndSerial(name, number), name, number);
    }

    static SignerName ofSubjectKey(Element identifier) {
        byte[] number = identifier.content();
        return new SignerName(KeyId.ofSubjectKey(number), null, number);
    }

    /** Returns what the key is looked up by. */
    public KeyId keyId() {
        return keyId;
    }

    /** Returns the form for people, such as {@code issuer CN=Build, serial number 4f01}. */
    @Override
    public String toString() {
        String hex = HexFormat.of().formatHex(number, 0, Math.min(number.length, MAX_SHOWN));
        return issuer == null
                ? "key identifier " + hex
                : "issuer " + DistinguishedName.text(issuer) + ", serial number " + hex;
    }
}
