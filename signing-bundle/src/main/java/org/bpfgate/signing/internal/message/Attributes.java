package org.bpfgate.signing.internal.message;

import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.cms.CMSAttributeTableGenerator;

/**
 * The attributes that a signature covers (RFC 5652, 11): content type, digest, signing time, and one of the contract. There are no others:
 * the kernel refuses S/MIME capabilities.
 *
 * @param time of signing; none when the message is to say none
 * @param type of the contract's attribute
 * @param value its one value
 */
public record Attributes(Optional<Instant> time, ASN1ObjectIdentifier type, ASN1Encodable value) {
    Attribute ofContract() {
        return attribute(type, value);
    }

    /** For Bouncy Castle, which tells content type and digest. */
    CMSAttributeTableGenerator generator() {
        return parameters -> table(
                (ASN1ObjectIdentifier) Objects.requireNonNull(parameters.get(CMSAttributeTableGenerator.CONTENT_TYPE)),
                (byte[]) Objects.requireNonNull(parameters.get(CMSAttributeTableGenerator.DIGEST)));
    }

    private AttributeTable table(ASN1ObjectIdentifier contentType, byte[] digest) {
        ASN1EncodableVector all = new ASN1EncodableVector();
        all.add(attribute(CMSAttributes.contentType, contentType));
        all.add(attribute(CMSAttributes.messageDigest, new DEROctetString(digest)));
        // UTCTime through the year 2049, as RFC 5652, 11.3 wants it.
        time.ifPresent(instant -> all.add(attribute(CMSAttributes.signingTime, new Time(Date.from(instant)))));
        all.add(ofContract());
        return new AttributeTable(all);
    }

    private static Attribute attribute(ASN1ObjectIdentifier type, ASN1Encodable value) {
        return new Attribute(type, new DERSet(value));
    }
}
