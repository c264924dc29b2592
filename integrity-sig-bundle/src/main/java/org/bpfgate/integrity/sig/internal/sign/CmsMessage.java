package org.bpfgate.integrity.sig.internal.sign;

import java.security.GeneralSecurityException;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.sig.internal.asn1.Der;
import org.bpfgate.integrity.sig.internal.asn1.Tag;
import org.bpfgate.integrity.sig.internal.pkcs7.Pkcs7Oid;
import org.bpfgate.integrity.sig.internal.x509.KeyKind;
import org.bpfgate.integrity.sig.internal.x509.SignatureAlgorithm;

/**
 * Writes SignedData messages (RFC 5652) the way the kernel's signing tools do: one signer, no certificates and no S/MIME
 * capabilities.
 */
final class CmsMessage {
    private static final byte[] NOTHING = {};

    private final SignerKey key;
    private final SignerIdentifier identifier;

    /** A message that this key signs, naming it in that way. */
    CmsMessage(SignerKey key, SignerIdentifier identifier) {
        this.key = key;
        this.identifier = identifier;
    }

    /** A detached message whose signature covers the content itself. */
    byte[] over(byte[] content) throws GeneralSecurityException, SigningException {
        return message(NOTHING, NOTHING, key.sign(content));
    }

    /**
     * A detached message whose signature covers attributes.
     *
     * @param attributes the SET of them; see {@link AttributeSet}
     */
    byte[] overAttributes(byte[] attributes) throws GeneralSecurityException, SigningException {
        // The message carries the SET under the tag [0]; only its first byte differs from what is signed.
        byte[] tagged = attributes.clone();
        tagged[0] = (byte) Tag.context(0);
        return message(NOTHING, tagged, key.sign(attributes));
    }

    /** A message that carries the content, which the signature covers itself. */
    byte[] carrying(byte[] content) throws GeneralSecurityException, SigningException {
        byte[] wrapped = Der.element(Tag.context(0), Der.element(Tag.OCTET_STRING, content));
        return message(wrapped, NOTHING, key.sign(content));
    }

    private byte[] message(byte[] content, byte[] attributes, byte[] signature) throws SigningException {
        byte[] digest = Der.sequence(Der.oid(key.digest().oid()));
        byte[] signerInfo = Der.sequence(
                Der.integer(identifier.version()),
                identifier.of(key.certificate()),
                digest,
                attributes,
                signatureAlgorithm(),
                Der.element(Tag.OCTET_STRING, signature));
        byte[] signedData = Der.sequence(
                Der.integer(identifier.version()),
                Der.element(Tag.SET, digest),
                Der.sequence(Der.oid(Pkcs7Oid.DATA), content),
                Der.element(Tag.SET, signerInfo));
        return Der.sequence(Der.oid(Pkcs7Oid.SIGNED_DATA), Der.element(Tag.context(0), signedData));
    }

    /** RSA has NULL parameters (RFC 3370, 3.2), the others have none. */
    private byte[] signatureAlgorithm() {
        SignatureAlgorithm algorithm = key.algorithm();
        return algorithm.kind() == KeyKind.RSA
                ? Der.sequence(Der.oid(algorithm.oid()), Der.element(Tag.NULL))
                : Der.sequence(Der.oid(algorithm.oid()));
    }
}
