package org.bpfgate.integrity.sig.internal.x509;

import java.util.Arrays;
import org.bpfgate.integrity.sig.internal.asn1.BerException;
import org.bpfgate.integrity.sig.internal.asn1.BerReader;
import org.bpfgate.integrity.sig.internal.asn1.Element;
import org.bpfgate.integrity.sig.internal.asn1.Oid;
import org.bpfgate.integrity.sig.internal.asn1.Tag;

/**
 * Reads certificates (RFC 5280, 4.1). Tolerates what the kernel's parser tolerates; refuses certificates whose key or
 * signature algorithm is not supported, as the kernel refuses those that it has no identifier for.
 */
public final class CertificateReader {
    private CertificateReader() {}

    /**
     * Reads one certificate that fills the bytes.
     *
     * @param bytes the DER form; copied
     * @throws BerException when they are not a certificate, are followed by others, or something in it is not supported
     */
    public static Certificate read(byte[] bytes) throws BerException {
        if (bytes.length > BerReader.MAX_SIZE) {
            throw new BerException("a certificate of " + bytes.length + " bytes is too large (65535 at most)");
        }
        BerReader reader = new BerReader(bytes.clone());
        Certificate certificate = read(reader.next(Tag.SEQUENCE, "a certificate"));
        reader.end("the certificate");
        return certificate;
    }

    /** Reads the certificate that an element holds; otherwise like {@link #read(byte[])}. */
    public static Certificate read(Element element) throws BerException {
        BerReader parts = element.children();
        CertificateFields fields = new CertificateFields(parts.next(Tag.SEQUENCE, "the certificate's fields"));
        Element algorithm = parts.next(Tag.SEQUENCE, "the signature algorithm");
        Element signature = parts.next(Tag.BIT_STRING, "the signature");
        parts.end("the certificate's signature");
        if (!fields.isAlgorithm(algorithm.encoded())) {
            throw algorithm.fault("the certificate names two different signature algorithms");
        }
        return new Certificate(element.encoded(), fields, scheme(algorithm), bits(signature));
    }

    private static SignatureAlgorithm scheme(Element algorithm) throws BerException {
        Oid oid = Oid.of(algorithm.children().next(Tag.OBJECT_IDENTIFIER, "the signature algorithm"));
        SignatureAlgorithm known = SignatureAlgorithm.of(oid);
        if (known == null) {
            throw algorithm.fault(
                    BerException.Kind.UNSUPPORTED, "certificates signed with algorithm " + oid + " are not supported");
        }
        if (known == SignatureAlgorithm.RSA) {
            throw algorithm.fault("the certificate's signature names no digest");
        }
        return known;
    }

    private static byte[] bits(Element signature) throws BerException {
        byte[] content = signature.content();
        if (content.length == 0 || content[0] != 0) {
            throw signature.fault("the signature is not a whole number of bytes");
        }
        return Arrays.copyOfRange(content, 1, content.length);
    }
}
