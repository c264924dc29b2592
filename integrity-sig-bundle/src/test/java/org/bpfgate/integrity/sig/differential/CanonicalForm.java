package org.bpfgate.integrity.sig.differential;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bpfgate.integrity.sig.internal.asn1.BerException;
import org.bpfgate.integrity.sig.internal.asn1.BerReader;
import org.bpfgate.integrity.sig.internal.asn1.Der;
import org.bpfgate.integrity.sig.internal.asn1.Element;
import org.bpfgate.integrity.sig.internal.asn1.Oid;
import org.bpfgate.integrity.sig.internal.asn1.Tag;
import org.bpfgate.integrity.sig.internal.pkcs7.Pkcs7Oid;
import org.bpfgate.integrity.sig.internal.x509.DigestAlgorithm;
import org.bpfgate.integrity.sig.internal.x509.SignatureAlgorithm;

/**
 * Writes each signer of a message anew, as a plain message of its own: the signer's name, digest algorithm, attributes and
 * signature are its own bytes; all that no signature covers is as every tool writes it. Where OpenSSL refuses a message and
 * accepts a canonical form of it, the two disagree about dress, and not about who signed what.
 */
public final class CanonicalForm {
    private final Case original;
    private final List<Case> forms = new ArrayList<>();

    private CanonicalForm(Case original) {
        this.original = original;
    }

    /** Returns a few cases for each signer: one for each algorithm that its key might have, and each way to sign attributes. */
    public static List<Case> of(Case original) throws BerException {
        CanonicalForm form = new CanonicalForm(original);
        BerReader infos = signerInfos(original.message()).children();
        while (infos.hasNext()) {
            form.rewrite(infos.next("a signer info").children());
        }
        return form.forms;
    }

    private static Element signerInfos(byte[] message) throws BerException {
        BerReader outer = new BerReader(message).next("a message").children();
        outer.next("its type");
        BerReader fields =
                outer.next("signed data").children().next("signed data").children();
        Element last = fields.next("the version");
        while (fields.hasNext()) {
            last = fields.next("a field");
        }
        return last;
    }

    private void rewrite(BerReader info) throws BerException {
        int version = info.next(Tag.INTEGER, "the version").byteAt(0);
        byte[] name = info.next("the name").encoded();
        Element digest = info.next(Tag.SEQUENCE, "the digest algorithm")
                .children()
                .next(Tag.OBJECT_IDENTIFIER, "the digest algorithm");
        Element attributes = info.nextIf(Tag.context(0), "the attributes");
        info.next("the signature algorithm");
        byte[] signature = info.next(Tag.OCTET_STRING, "the signature").encoded();
        for (SignatureAlgorithm algorithm : List.of(SignatureAlgorithm.RSA, SignatureAlgorithm.ECDSA_SHA256)) {
            byte[] end = concatenated(Der.sequence(Der.oid(algorithm.oid())), signature);
            byte[] sent = attributes == null ? new byte[0] : attributes.encoded();
            byte[] whole = message(version, name, digest, concatenated(sent, end));
            forms.add(new Case(whole, original.content()));
            if (attributes != null && isOverContent(attributes, digest)) {
                byte[] bare = message(version, name, digest, end);
                forms.add(new Case(bare, attributes.retagged(Tag.SET)));
            }
        }
    }

    /**
     * OpenSSL signs attributes in DER, the kernel as they are sent. What is sent otherwise is given to OpenSSL as the content
     * of a message without attributes; then their digest of the content is compared here.
     */
    private boolean isOverContent(Element attributes, Element digest) {
        DigestAlgorithm algorithm = DigestAlgorithm.of(Oid.of(digest));
        return algorithm != null
                && contains(attributes.encoded(), Der.element(Tag.OCTET_STRING, algorithm.digest(original.content())));
    }

    private static boolean contains(byte[] all, byte[] part) {
        for (int i = 0; i + part.length <= all.length; i++) {
            if (Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] message(int version, byte[] name, Element digest, byte[] end) {
        byte[] algorithm = Der.sequence(digest.encoded());
        byte[] signerInfo = Der.sequence(Der.integer(version), name, algorithm, end);
        byte[] signedData = Der.sequence(
                Der.integer(version),
                Der.element(Tag.SET, algorithm),
                Der.sequence(Der.oid(Pkcs7Oid.DATA)),
                Der.element(Tag.SET, signerInfo));
        return Der.sequence(Der.oid(Pkcs7Oid.SIGNED_DATA), Der.element(Tag.context(0), signedData));
    }
}
