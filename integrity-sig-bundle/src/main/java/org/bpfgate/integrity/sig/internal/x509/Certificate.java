package org.bpfgate.integrity.sig.internal.x509;

import java.util.HexFormat;
import org.bpfgate.integrity.Signer;
import org.jspecify.annotations.Nullable;

/**
 * One X.509 certificate, as far as the kernel looks at it. Immutable; made by {@link CertificateReader}.
 */
public final class Certificate {
    private final byte[] encoded;
    private final CertificateFields fields;
    private final SignatureAlgorithm algorithm;
    private final byte[] signature;
    private final KeyId id;
    private volatile @Nullable Signer signer;

    /**
     * Puts a certificate together.
     *
     * @param encoded the whole certificate
     * @param fields its signed part
     * @param algorithm of its signature
     * @param signature over the signed part
     */
    Certificate(byte[] encoded, CertificateFields fields, SignatureAlgorithm algorithm, byte[] signature) {
        this.encoded = encoded;
        this.fields = fields;
        this.algorithm = algorithm;
        this.signature = signature;
        this.id = KeyId.ofIssuerAndSerial(fields.issuer(), fields.serial());
    }

    /** Returns a copy of the encoding. */
    public byte[] encoded() {
        return encoded.clone();
    }

    /** Returns issuer and serial number. */
    public KeyId id() {
        return id;
    }

    /** Returns the identifier of its key; null when it names none. */
    public @Nullable KeyId subjectKeyId() {
        return fields.extensions().subjectKey();
    }

    /** Returns what it says about the certificate that signed it. */
    public AuthorityKey authority() {
        return fields.extensions().authority();
    }

    /** Returns what its key is for. */
    public KeyPurpose purpose() {
        return fields.extensions().purpose();
    }

    /** Returns the time span that it names for itself. */
    public Validity validity() {
        return fields.validity();
    }

    /** Returns its key. */
    public VerifyingKey key() {
        return fields.key();
    }

    /** Returns a copy of the content bytes of the issuer's Name. */
    public byte[] issuer() {
        return fields.issuer().clone();
    }

    /** Returns a copy of the content bytes of the serial number. */
    public byte[] serial() {
        return fields.serial().clone();
    }

    /** Returns whether a key made this certificate's signature. */
    public boolean isSignedBy(VerifyingKey authority) {
        return authority.kind() == algorithm.kind()
                && authority.verifies(algorithm.digest(), fields.encoded(), signature);
    }

    /**
     * Returns whether the certificate claims to have signed itself: subject and issuer are the same bytes, and of what it
     * says about its authority, if anything, a part matches itself. Whether the signature is good is another question.
     */
    public boolean isSelfIssued() {
        return fields.isSubjectIssuer() && (!authority().isKnown() || namesOwnId() || namesOwnKey());
    }

    /** Returns whether a self-issued certificate's authority is itself by one part and another by the other part. */
    public boolean contradictsItself() {
        boolean otherId = authority().certificate() != null && !namesOwnId();
        boolean otherKey = authority().key() != null && !namesOwnKey();
        return isSelfIssued() && (otherId || otherKey);
    }

    private boolean namesOwnId() {
        return id.equals(authority().certificate());
    }

    private boolean namesOwnKey() {
        KeyId key = subjectKeyId();
        return key != null && key.equals(authority().key());
    }

    /** Returns who this is, for reports. */
    public Signer asSigner() {
        Signer known = signer;
        if (known == null) {
            known = new Signer(sha256(), DistinguishedName.text(fields.subject()));
            signer = known;
        }
        return known;
    }

    /** Returns the SHA-256 of the encoding, 64 lower-case hexadecimal digits. */
    public String sha256() {
        return HexFormat.of().formatHex(DigestAlgorithm.SHA256.digest(encoded));
    }

    /** Returns the SHA-256 of what the certificate's signature covers, 64 lower-case hexadecimal digits. */
    public String signedPartSha256() {
        return HexFormat.of().formatHex(DigestAlgorithm.SHA256.digest(fields.encoded()));
    }

    /** Returns the subject in the form of RFC 4514, for people. */
    public String subject() {
        return DistinguishedName.text(fields.subject());
    }
}
