package org.bpfgate.integrity.sig.internal.pkcs7;

import java.util.ArrayList;
import java.util.List;
import org.bpfgate.integrity.sig.internal.asn1.BerException;
import org.bpfgate.integrity.sig.internal.asn1.BerReader;
import org.bpfgate.integrity.sig.internal.asn1.Element;
import org.bpfgate.integrity.sig.internal.asn1.Oid;
import org.bpfgate.integrity.sig.internal.asn1.Tag;
import org.bpfgate.integrity.sig.internal.x509.Certificate;
import org.bpfgate.integrity.sig.internal.x509.CertificateReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads a PKCS#7 or CMS SignedData message in BER, {@code pkcs7_parse_message()}. Bytes behind the message are not looked
 * at.
 */
public final class SignedMessageReader {
    /** A bound of this gate, so that a hostile message costs little; the kernel has none. */
    static final int MAX_SIGNERS = 64;

    private SignedMessageReader() {}

    /**
     * Reads a message.
     *
     * @param bytes the message; must not change while it is read, and is not referred to afterwards
     * @return the message, in which each certificate is well-formed and no self-issued one has a bad signature
     * @throws BerException when the bytes are not such a message, or something in it is not supported
     */
    public static SignedMessage read(byte[] bytes) throws BerException {
        return read(bytes, false);
    }

    /** Reads a message that may also be signed with ML-DSA (RFC 9882); otherwise like {@link #read(byte[])}. */
    public static SignedMessage readWithMlDsa(byte[] bytes) throws BerException {
        return read(bytes, true);
    }

    private static SignedMessage read(byte[] bytes, boolean mlDsa) throws BerException {
        if (bytes.length > BerReader.MAX_SIZE) {
            throw new BerException(
                    "it has " + bytes.length + " bytes, and the kernel's decoder takes " + BerReader.MAX_SIZE);
        }
        BerReader outer =
                new BerReader(bytes).next(Tag.SEQUENCE, "a PKCS#7 message").children();
        Element type = outer.next(Tag.OBJECT_IDENTIFIER, "the type of the message");
        if (!Oid.of(type).equals(Pkcs7Oid.SIGNED_DATA)) {
            throw type.fault(BerException.Kind.INVALID, "the message is not signed data but " + Oid.of(type));
        }
        BerReader content = outer.next(Tag.context(0), "the signed data").children();
        outer.end("the signed data");
        Element signedData = content.next(Tag.SEQUENCE, "the signed data");
        content.end("the signed data");
        return readSignedData(signedData.children(), mlDsa);
    }

    private static SignedMessage readSignedData(BerReader fields, boolean mlDsa) throws BerException {
        int version = version(fields.next(Tag.INTEGER, "the version of the signed data"));
        skipDigestAlgorithms(setOrSequence(fields, "the digest algorithms"));
        BerReader encapsulated =
                fields.next(Tag.SEQUENCE, "the type of the signed content").children();
        Oid contentType = contentType(encapsulated.next(Tag.OBJECT_IDENTIFIER, "the type of the signed content"));
        Content content = content(encapsulated);
        List<Certificate> certificates = certificates(fields);
        skipRevocationLists(fields);
        Element signerSet = setOrSequence(fields, "the signer infos");
        fields.end("the signer infos");
        List<SignerInfo> signers = signers(signerSet, new SignerInfoReader(version, contentType, mlDsa));
        return new SignedMessage(contentType, content, certificates, signers);
    }

    private static int version(Element element) throws BerException {
        int version = element.length() == 1 ? element.byteAt(0) : -1;
        if (version != 1 && version != 3) {
            throw element.fault(BerException.Kind.INVALID, "signed data has version 1 or 3");
        }
        return version;
    }

    private static Element setOrSequence(BerReader fields, String what) throws BerException {
        return fields.isNext(Tag.SEQUENCE) ? fields.next(what) : fields.next(Tag.SET, what);
    }

    /** Each signer names its own algorithm; this list only announces them. */
    private static void skipDigestAlgorithms(Element set) throws BerException {
        BerReader algorithms = set.children();
        while (algorithms.hasNext()) {
            Element algorithm = algorithms.next(Tag.SEQUENCE, "a digest algorithm");
            algorithm.children().next(Tag.OBJECT_IDENTIFIER, "a digest algorithm");
        }
    }

    private static Oid contentType(Element element) throws BerException {
        Oid type = Oid.of(element);
        if (!type.equals(Pkcs7Oid.DATA) && !type.equals(Pkcs7Oid.MS_INDIRECT_DATA)) {
            throw element.fault(
                    BerException.Kind.INVALID, "content of type " + type + " is not supported (only data is)");
        }
        return type;
    }

    /** The kernel takes what stands under the content's own header, whatever its tag is. */
    private static @Nullable Content content(BerReader encapsulated) throws BerException {
        Element wrapper = encapsulated.nextIf(Tag.context(0), "the signed content");
        encapsulated.end("the signed content");
        if (wrapper == null) {
            return null;
        }
        BerReader inner = wrapper.children();
        Element content = inner.next("the signed content");
        inner.end("the signed content");
        return Content.of(content.content());
    }

    private static List<Certificate> certificates(BerReader fields) throws BerException {
        List<Certificate> certificates = new ArrayList<>();
        if (fields.isNext(Tag.context(0)) || fields.isNext(Tag.context(2))) {
            BerReader set = fields.next("the certificates").children();
            while (set.hasNext()) {
                certificates.add(certificate(set.next(Tag.SEQUENCE, "a certificate")));
            }
        }
        return certificates;
    }

    private static Certificate certificate(Element element) throws BerException {
        Certificate certificate = CertificateReader.read(element);
        if (certificate.contradictsItself()) {
            throw element.fault("a self-signed certificate names another certificate as its authority");
        }
        if (certificate.isSelfIssued() && !certificate.isSignedBy(certificate.key())) {
            throw element.fault("a self-signed certificate has a bad signature");
        }
        return certificate;
    }

    private static void skipRevocationLists(BerReader fields) throws BerException {
        if (fields.isNext(Tag.context(1)) || fields.isNext(Tag.context(3))) {
            fields.next("the revocation lists");
        }
    }

    private static List<SignerInfo> signers(Element set, SignerInfoReader reader) throws BerException {
        List<SignerInfo> signers = new ArrayList<>();
        BerReader infos = set.children();
        while (infos.hasNext()) {
            Element info = infos.next(Tag.SEQUENCE, "a signer info");
            if (signers.size() == MAX_SIGNERS) {
                throw info.fault("the message has more than " + MAX_SIGNERS + " signers");
            }
            signers.add(reader.read(info));
        }
        requireAllOrNone(set, signers);
        return signers;
    }

    private static void requireAllOrNone(Element set, List<SignerInfo> signers) throws BerException {
        if (signers.isEmpty()) {
            throw set.fault(BerException.Kind.INVALID, "the message has no signer");
        }
        boolean first = signers.get(0).attributes() != null;
        for (SignerInfo signer : signers) {
            if ((signer.attributes() != null) != first) {
                throw set.fault(BerException.Kind.INVALID, "some signers have signed attributes and others have none");
            }
        }
    }
}
