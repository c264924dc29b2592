package org.bpfgate.integrity.sig.internal.pkcs7;

import java.util.List;
import org.bpfgate.integrity.sig.internal.asn1.Oid;
import org.jspecify.annotations.Nullable;

/** The signed attributes of one signer. Immutable; made by {@link SignedAttributesReader}. */
public final class SignedAttributes {
    private final byte[] signedBytes;
    private final byte[] messageDigest;
    private final @Nullable Long signingTime;
    private final List<Value> others;

    /**
     * Puts the attributes together.
     *
     * @param signedBytes what the signature covers
     * @param messageDigest the digest of the content
     * @param signingTime in seconds since 1970-01-01T00:00:00Z; null when not given
     * @param others the values of attributes that PKCS#7 gives no meaning to, in the order of the message
     */
    SignedAttributes(byte[] signedBytes, byte[] messageDigest, @Nullable Long signingTime, List<Value> others) {
        this.signedBytes = signedBytes;
        this.messageDigest = messageDigest;
        this.signingTime = signingTime;
        this.others = List.copyOf(others);
    }

    byte[] signedBytes() {
        return signedBytes;
    }

    byte[] messageDigest() {
        return messageDigest;
    }

    @Nullable
    Long signingTime() {
        return signingTime;
    }

    /**
     * Returns the content bytes of an attribute's value, without its tag and length, whatever they are. Of several values,
     * or of several attributes of that type, the last one counts, as in the kernel; null when there is none.
     */
    public byte @Nullable [] last(Oid type) {
        for (int i = others.size() - 1; i >= 0; i--) {
            if (others.get(i).type.equals(type)) {
                return others.get(i).content.clone();
            }
        }
        return null;
    }

    /** Returns whether an attribute of that type is there twice, or has two values. */
    public boolean isRepeated(Oid type) {
        int count = 0;
        for (Value value : others) {
            count += value.type.equals(type) ? 1 : 0;
        }
        return count > 1;
    }

    /** One value of one attribute. */
    static final class Value {
        private final Oid type;
        private final byte[] content;

        Value(Oid type, byte[] content) {
            this.type = type;
            this.content = content;
        }
    }
}
