package org.bpfgate.signing.internal.message;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInformation;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.signing.internal.key.DigestKind;
import org.jspecify.annotations.Nullable;

/**
 * A message that others have signed, and that gets a further signature. The kernel takes a message with several signers only when all of
 * them are of one form, so a message of another contract is refused here.
 */
final class SignedMessage {
    private final CMSSignedData data;

    private SignedMessage(CMSSignedData data) {
        this.data = data;
    }

    /**
     * Reads a message.
     *
     * @throws SigningException when it is no CMS message with a signer, or not in DER: its attributes would get other bytes than were signed
     */
    static SignedMessage read(byte[] bytes) throws SigningException {
        try {
            CMSSignedData data = new CMSSignedData(bytes);
            boolean isDer = Arrays.equals(bytes, data.toASN1Structure().getEncoded(ASN1Encoding.DER));
            if (!isDer) {
                throw fault("is not in DER (openssl cms -cmsout -inform DER -outform DER converts it)");
            }
            if (data.getSignerInfos().size() == 0) {
                throw fault("has no signer");
            }
            return new SignedMessage(data);
        } catch (CMSException | IOException | RuntimeException e) {
            throw new SigningException("the message to add to is no signed CMS message in DER", e);
        }
    }

    private static SigningException fault(String what) {
        return new SigningException("the message to add to " + what);
    }

    /** Requires that its signers are named in the same way, and that none of them is this one. */
    void require(SignerName name, X509CertificateHolder certificate) throws SigningException {
        for (SignerInformation signer : data.getSignerInfos()) {
            if (signer.toASN1Structure().getVersion().intValueExact() != name.version()) {
                throw fault("is of another contract: it names its signers in another way");
            }
            if (signer.getSID().match(certificate)) {
                throw fault("has a signature by this certificate already");
            }
        }
    }

    /** Requires that it is over this content, as far as it tells, and in the form of the contract. */
    void requireContent(byte[] content, @Nullable Attributes attributes, boolean isCarried) throws SigningException {
        byte[] carried = data.getSignedContent() == null
                ? null
                : (byte[]) data.getSignedContent().getContent();
        if ((carried != null) != isCarried) {
            throw fault("is of another contract: it " + (isCarried ? "does not carry" : "carries") + " its content");
        }
        if (carried != null && !Arrays.equals(carried, content)) {
            throw fault("carries another content");
        }
        for (SignerInformation signer : data.getSignerInfos()) {
            AttributeTable signed = signer.getSignedAttributes();
            if ((signed != null) != (attributes != null)) {
                throw fault("is of another contract: its signature " + (signed == null ? "does not cover" : "covers")
                        + " attributes");
            }
            if (signed != null && attributes != null) {
                requireAttributes(signer, signed, content, attributes);
            }
        }
    }

    private static void requireAttributes(
            SignerInformation signer, AttributeTable signed, byte[] content, Attributes attributes)
            throws SigningException {
        Attribute digest = signed.get(CMSAttributes.messageDigest);
        if (digest == null
                || digest.getAttrValues().size() != 1
                || !Arrays.equals(
                        ASN1OctetString.getInstance(digest.getAttributeValues()[0])
                                .getOctets(),
                        kind(signer).digest(content))) {
            throw fault("is a signature over something else");
        }
        if (!Objects.equals(signed.get(attributes.type()), attributes.ofContract())) {
            throw fault("covers other maps, or is of another contract");
        }
    }

    private static DigestKind kind(SignerInformation signer) throws SigningException {
        String digest = signer.getDigestAlgOID();
        if (digest.equals(NISTObjectIdentifiers.id_sha256.getId())) {
            return DigestKind.SHA256;
        }
        if (digest.equals(NISTObjectIdentifiers.id_sha512.getId())) {
            return DigestKind.SHA512;
        }
        throw fault("is signed with the digest " + digest + " (SHA-256 and SHA-512 are supported)");
    }

    /** Gives its signers, as they are, and its certificates to a message that is to be. */
    void addTo(CMSSignedDataGenerator generator) throws CMSException {
        generator.addSigners(data.getSignerInfos());
        generator.addCertificates(data.getCertificates());
    }
}
