package org.bpfgate.signing.internal.message;

import java.io.IOException;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.signing.internal.key.SignerKey;
import org.jspecify.annotations.Nullable;

/**
 * Writes SignedData messages (RFC 5652) the way the kernel's signing tools do: no certificates and no S/MIME capabilities. One signer, or
 * one more than the message that it is added to has.
 */
public final class CmsMessage {
    private final SignerKey key;
    private final SignerName name;
    private final byte @Nullable [] signed;

    /**
     * A message that this key signs.
     *
     * @param name how the message names the signer
     * @param signed the message that the signature is added to, if there is one
     */
    public CmsMessage(SignerKey key, SignerName name, Optional<byte[]> signed) {
        this.key = key;
        this.name = name;
        this.signed = signed.orElse(null);
    }

    /** A detached message whose signature covers the content itself. */
    public byte[] over(byte[] content) throws SigningException {
        return message(content, null, false);
    }

    /** A detached message whose signature covers attributes, which have the digest of the content. */
    public byte[] overAttributes(byte[] content, Attributes attributes) throws SigningException {
        return message(content, attributes, false);
    }

    /** A message that carries the content, which the signature covers itself. */
    public byte[] carrying(byte[] content) throws SigningException {
        return message(content, null, true);
    }

    private byte[] message(byte[] content, @Nullable Attributes attributes, boolean isCarried) throws SigningException {
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        try {
            if (signed != null) {
                SignedMessage earlier = SignedMessage.read(signed);
                earlier.require(name, key.certificate());
                earlier.requireContent(content, attributes, isCarried);
                earlier.addTo(generator);
            }
            SignerInfoGeneratorBuilder builder = new SignerInfoGeneratorBuilder(
                            algorithm -> new KeyDigest(key.kind().digest()), algorithm -> algorithm)
                    .setContentDigest(key.kind().digest().algorithm());
            if (attributes == null) {
                builder.setDirectSignature(true);
            } else {
                builder.setSignedAttributeGenerator(attributes.generator());
            }
            generator.addSignerInfoGenerator(name.build(builder, new KeySigner(key), key));
            CMSSignedData message = generator.generate(new CMSProcessableByteArray(content), isCarried);
            return message.toASN1Structure().getEncoded(ASN1Encoding.DER);
        } catch (KeySigner.Failure e) {
            throw e.reason();
        } catch (OperatorCreationException | CMSException | IOException e) {
            throw new IllegalStateException("Bouncy Castle makes no message", e);
        }
    }
}
