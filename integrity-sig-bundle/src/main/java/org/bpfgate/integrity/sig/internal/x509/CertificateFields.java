package org.bpfgate.integrity.sig.internal.x509;

import java.util.Arrays;
import org.bpfgate.integrity.sig.internal.asn1.BerException;
import org.bpfgate.integrity.sig.internal.asn1.BerReader;
import org.bpfgate.integrity.sig.internal.asn1.Element;
import org.bpfgate.integrity.sig.internal.asn1.Tag;
import org.jspecify.annotations.Nullable;

/** The signed part of a certificate, TBSCertificate (RFC 5280, 4.1.2). Its arrays stay inside this package. */
final class CertificateFields {
    private final byte[] encoded;
    private final byte[] serial;
    private final byte[] algorithm;
    private final byte[] issuer;
    private final Validity validity;
    private final byte[] subject;
    private final VerifyingKey key;
    private final CertificateExtensions extensions;

    /**
     * Reads it.
     *
     * @param element the TBSCertificate
     * @throws BerException when it is malformed, or its key is not supported
     */
    CertificateFields(Element element) throws BerException {
        encoded = element.encoded();
        BerReader fields = element.children();
        fields.nextIf(Tag.context(0), "the certificate's version");
        serial = fields.next(Tag.INTEGER, "the certificate's serial number").content();
        algorithm = fields.next(Tag.SEQUENCE, "the certificate's signature algorithm")
                .encoded();
        issuer = fields.next(Tag.SEQUENCE, "the certificate's issuer").content();
        validity = validity(fields.next(Tag.SEQUENCE, "the certificate's validity"));
        subject = fields.next(Tag.SEQUENCE, "the certificate's subject").content();
        key = VerifyingKeyReader.read(fields.next(Tag.SEQUENCE, "the certificate's public key"));
        fields.nextIf(Tag.contextPrimitive(1), "the issuer's unique identifier");
        fields.nextIf(Tag.contextPrimitive(2), "the subject's unique identifier");
        extensions = extensions(fields.nextIf(Tag.context(3), "the certificate's extensions"));
        fields.end("the certificate's fields");
    }

    private static Validity validity(Element element) throws BerException {
        BerReader times = element.children();
        long notBefore = Asn1Time.read(times.next("the start of the validity"));
        long notAfter = Asn1Time.read(times.next("the end of the validity"));
        times.end("the certificate's validity");
        return new Validity(notBefore, notAfter);
    }

    private static CertificateExtensions extensions(@Nullable Element wrapper) throws BerException {
        if (wrapper == null) {
            return CertificateExtensions.NONE;
        }
        return CertificateExtensions.read(wrapper.children().next(Tag.SEQUENCE, "the certificate's extensions"));
    }

    /** Returns the element as sent, which is what the signature covers. */
    byte[] encoded() {
        return encoded;
    }

    byte[] serial() {
        return serial;
    }

    byte[] issuer() {
        return issuer;
    }

    byte[] subject() {
        return subject;
    }

    Validity validity() {
        return validity;
    }

    VerifyingKey key() {
        return key;
    }

    CertificateExtensions extensions() {
        return extensions;
    }

    boolean isSubjectIssuer() {
        return Arrays.equals(subject, issuer);
    }

    /** Returns whether the algorithm named inside the signed part is, byte by byte, the one named outside. */
    boolean isAlgorithm(byte[] outer) {
        return Arrays.equals(algorithm, outer);
    }
}
