package org.bpfgate.integrity.sig.internal.pkcs7;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bpfgate.integrity.sig.internal.asn1.BerException;
import org.bpfgate.integrity.sig.internal.asn1.BerReader;
import org.bpfgate.integrity.sig.internal.asn1.Element;
import org.bpfgate.integrity.sig.internal.asn1.Oid;
import org.bpfgate.integrity.sig.internal.asn1.Tag;
import org.bpfgate.integrity.sig.internal.x509.Asn1Time;
import org.jspecify.annotations.Nullable;

/**
 * Reads one signer's attributes with the kernel's rules: content type and message digest are mandatory, what has a meaning
 * occurs once, S/MIME capabilities belong to Authenticode only, and the unknown is kept for whoever asks.
 */
final class SignedAttributesReader {
    private final Oid contentType;
    private final Set<Oid> seen = new HashSet<>();
    private final List<SignedAttributes.Value> others = new ArrayList<>();
    private byte @Nullable [] messageDigest;
    private @Nullable Long signingTime;

    private SignedAttributesReader(Oid contentType) {
        this.contentType = contentType;
    }

    /**
     * Reads attributes.
     *
     * @param set the implicitly tagged SET OF Attribute
     * @param contentType of the message, which the attributes must repeat
     */
    static SignedAttributes read(Element set, Oid contentType) throws BerException {
        SignedAttributesReader reader = new SignedAttributesReader(contentType);
        BerReader attributes = set.children();
        while (attributes.hasNext()) {
            reader.readAttribute(attributes.next(Tag.SEQUENCE, "a signed attribute"));
        }
        return reader.finish(set);
    }

    private SignedAttributes finish(Element set) throws BerException {
        if (!seen.contains(Pkcs7Oid.CONTENT_TYPE)) {
            throw set.fault("the signed attribute contentType is missing");
        }
        byte[] digest = messageDigest;
        if (digest == null) {
            throw set.fault("the signed attribute messageDigest is missing");
        }
        // The signature covers the attributes as a SET, not under the implicit tag that they are sent with.
        return new SignedAttributes(set.retagged(Tag.SET), digest, signingTime, others);
    }

    private void readAttribute(Element attribute) throws BerException {
        BerReader parts = attribute.children();
        Oid type = Oid.of(parts.next(Tag.OBJECT_IDENTIFIER, "the type of a signed attribute"));
        BerReader values =
                parts.next(Tag.SET, "the values of a signed attribute").children();
        parts.end("the signed attribute");
        while (values.hasNext()) {
            note(type, values.next("the value of a signed attribute"));
        }
    }

    private void note(Oid type, Element value) throws BerException {
        if (type.equals(Pkcs7Oid.CONTENT_TYPE)) {
            once(type, "contentType", value);
            noteContentType(value);
        } else if (type.equals(Pkcs7Oid.MESSAGE_DIGEST)) {
            once(type, "messageDigest", value);
            noteMessageDigest(value);
        } else if (type.equals(Pkcs7Oid.SIGNING_TIME)) {
            once(type, "signingTime", value);
            signingTime = Asn1Time.read(value);
        } else if (type.equals(Pkcs7Oid.SMIME_CAPABILITIES)) {
            authenticodeOnly(type, "smimeCapabilities", value);
        } else if (type.equals(Pkcs7Oid.MS_OPUS_INFO) || type.equals(Pkcs7Oid.MS_STATEMENT_TYPE)) {
            authenticodeOnly(type, type.toString(), value);
        } else {
            others.add(new SignedAttributes.Value(type, value.content()));
        }
    }

    private void once(Oid type, String name, Element value) throws BerException {
        if (!seen.add(type)) {
            throw value.fault(BerException.Kind.REJECTED, "the signed attribute " + name + " is given twice");
        }
    }

    private void noteContentType(Element value) throws BerException {
        if (!Oid.of(value).equals(contentType)) {
            throw value.fault("the signed attribute contentType differs from the type of the content");
        }
    }

    private void noteMessageDigest(Element value) throws BerException {
        if (value.tag() != Tag.OCTET_STRING) {
            throw value.fault("the signed attribute messageDigest is not an OCTET STRING");
        }
        messageDigest = value.content();
    }

    private void authenticodeOnly(Oid type, String name, Element value) throws BerException {
        once(type, name, value);
        if (!contentType.equals(Pkcs7Oid.MS_INDIRECT_DATA)) {
            throw value.fault(
                    BerException.Kind.REJECTED,
                    "the signed attribute " + name
                            + " is present, which the kernel refuses outside Authenticode (openssl cms: use -nosmimecap)");
        }
    }
}
