package org.bpfgate.integrity.sig.internal.x509;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a key is looked up by, {@code struct asymmetric_key_id}: a row of bytes, made from raw encodings without any
 * normalisation of names or numbers.
 */
public final class KeyId {
    private final byte[] bytes;

    private KeyId(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The identity of a certificate.
     *
     * @param serial the content bytes of the serial number
     * @param issuer the content bytes of the issuer's Name
     */
    public static KeyId ofIssuerAndSerial(byte[] issuer, byte[] serial) {
        byte[] bytes = Arrays.copyOf(serial, serial.length + issuer.length);
        System.arraycopy(issuer, 0, bytes, serial.length, issuer.length);
        return new KeyId(bytes);
    }

    /**
     * The identity of a key.
     *
     * @param identifier the content bytes of a subject key identifier
     */
    public static KeyId ofSubjectKey(byte[] identifier) {
        return new KeyId(identifier.clone());
    }

    /** Returns a copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyId id && Arrays.equals(bytes, id.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
