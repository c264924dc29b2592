package org.bpfgate.integrity.sig;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bpfgate.integrity.sig.internal.asn1.Der;
import org.bpfgate.integrity.sig.internal.asn1.Oid;
import org.bpfgate.integrity.sig.internal.asn1.Tag;
import org.bpfgate.integrity.sig.internal.hornet.SignedMaps;
import org.bpfgate.integrity.sig.internal.pkcs7.Pkcs7Oid;
import org.bpfgate.integrity.sig.internal.x509.DigestAlgorithm;
import org.bpfgate.integrity.sig.internal.x509.KeyKind;
import org.bpfgate.integrity.sig.internal.x509.SignatureAlgorithm;
import org.jspecify.annotations.Nullable;

/**
 * Makes properly signed messages with whatever is wrong in them, which no honest tool makes. Fields start out as a good
 * message has them; a test changes what it is about.
 */
public final class Forge {
    public static final Oid ECDSA_SHA256 = Oid.of("2a8648ce3d040302");
    public static final Oid SMIME_CAPABILITIES = Oid.of("2a864886f70d01090f");
    public static final Oid SHA256 = DigestAlgorithm.SHA256.oid();

    private static final byte[] END_MARK = {0, 0};

    private final Identity signer;
    public int messageVersion = 1;
    public int signerVersion = 1;
    public byte[] signerName;
    public Oid messageType = Pkcs7Oid.SIGNED_DATA;
    public Oid contentType = Pkcs7Oid.DATA;
    public byte[] embeddedContent = {};
    public byte[] certificates = {};
    public byte[] unsignedAttributes = {};
    public Oid digestAlgorithm = SHA256;
    public Oid signatureAlgorithm;
    /** Encodes the message, and the attributes as they are signed, with indefinite lengths. */
    public boolean indefinite;

    /** Stands in for the signature; null for a good one. */
    public byte @Nullable [] signature;

    /** Sorts the signed attributes, as DER has it. */
    public boolean sorted;

    /** Empty for a signature without attributes. */
    public List<byte[]> attributes;

    /** A good message by that signer over that content. */
    public Forge(Identity signer, byte[] content) {
        this.signer = signer;
        signerName = issuerAndSerial(signer);
        signatureAlgorithm =
                signer.certificate().key().kind() == KeyKind.RSA ? SignatureAlgorithm.RSA.oid() : ECDSA_SHA256;
        attributes = new ArrayList<>(List.of(
                attribute(Pkcs7Oid.CONTENT_TYPE, Der.oid(Pkcs7Oid.DATA)),
                attribute(Pkcs7Oid.MESSAGE_DIGEST, octets(DigestAlgorithm.SHA256.digest(content)))));
    }

    /** With one attribute more. */
    public Forge with(byte[] attribute) {
        attributes.add(attribute);
        return this;
    }

    /** With a Hornet attribute of that content. */
    public Forge withHornet(byte[] entrySet) {
        return with(attribute(SignedMaps.TYPE, Der.sequence(entrySet)));
    }

    /** The message. */
    public byte[] build(byte[] content) {
        return message(List.of(signerInfo(content)));
    }

    /** A message with other signer infos. */
    public byte[] message(List<byte[]> signerInfos) {
        byte[] content = embeddedContent.length == 0
                ? new byte[0]
                : Der.element(Tag.context(0), Der.element(Tag.OCTET_STRING, embeddedContent));
        byte[] signedData = constructed(
                Tag.SEQUENCE,
                Der.integer(messageVersion),
                constructed(Tag.SET, Der.sequence(Der.oid(digestAlgorithm))),
                constructed(Tag.SEQUENCE, Der.oid(contentType), content),
                certificates,
                constructed(Tag.SET, signerInfos.toArray(byte[][]::new)));
        return constructed(Tag.SEQUENCE, Der.oid(messageType), constructed(Tag.context(0), signedData));
    }

    /** The signer info, signed over the attributes if there are any and over the content otherwise. */
    public byte[] signerInfo(byte[] content) {
        if (sorted) {
            attributes.sort(Arrays::compareUnsigned);
        }
        byte[] sent = constructed(Tag.context(0), attributes.toArray(byte[][]::new));
        byte[] signed = Arrays.copyOf(sent, sent.length - (indefinite ? END_MARK.length : 0));
        signed[0] = Tag.SET;
        return constructed(
                Tag.SEQUENCE,
                Der.integer(signerVersion),
                signerName,
                Der.sequence(Der.oid(digestAlgorithm)),
                attributes.isEmpty() ? new byte[0] : sent,
                Der.sequence(Der.oid(signatureAlgorithm)),
                octets(signature(attributes.isEmpty() ? content : signed)),
                unsignedAttributes);
    }

    private byte[] signature(byte[] signed) {
        byte[] given = signature;
        return given == null ? signer.sign("SHA256", signed) : given;
    }

    private byte[] constructed(int tag, byte[]... parts) {
        if (!indefinite) {
            return Der.element(tag, parts);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        out.write(0x80);
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        out.writeBytes(END_MARK);
        return out.toByteArray();
    }

    public static byte[] issuerAndSerial(Identity identity) {
        return Der.sequence(
                Der.sequence(identity.certificate().issuer()),
                Der.element(Tag.INTEGER, identity.certificate().serial()));
    }

    public static byte[] attribute(Oid type, byte[]... values) {
        return Der.sequence(Der.oid(type), Der.element(Tag.SET, values));
    }

    public static byte[] octets(byte[] content) {
        return Der.element(Tag.OCTET_STRING, content);
    }

    public static byte[] signingTime(String utc) {
        return attribute(Pkcs7Oid.SIGNING_TIME, Der.element(Tag.UTC_TIME, utc.getBytes(US_ASCII)));
    }

    /** One entry of the Hornet attribute, with a hash of that many bytes. */
    public static byte[] entry(int hashSize) {
        return Der.sequence(octets(new byte[hashSize]));
    }

    /** The entry set of a Hornet attribute with hashes of these sizes. */
    public static byte[] entries(int... hashSizes) {
        List<byte[]> entries = new ArrayList<>();
        for (int size : hashSizes) {
            entries.add(entry(size));
        }
        return Der.element(Tag.SET, entries.toArray(byte[][]::new));
    }
}
