package org.bpfgate.integrity.sig;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import org.bpfgate.integrity.sig.internal.asn1.Der;
import org.bpfgate.integrity.sig.internal.asn1.Oid;
import org.bpfgate.integrity.sig.internal.asn1.Tag;
import org.bpfgate.integrity.sig.internal.x509.KeyKind;
import org.bpfgate.integrity.sig.internal.x509.SignatureAlgorithm;
import org.junit.jupiter.api.Assumptions;

/** Makes identities with ML-DSA keys, which the openssl of most machines cannot: RFC 9881 by the bundle's own DER writer. */
public final class MlDsaIdentity {
    private static final Oid COMMON_NAME = Oid.of("550403");
    private static final Oid SUBJECT_KEY_IDENTIFIER = Oid.of("551d0e");
    private static final int UTF8_STRING = 0x0c;
    private static final byte[] KEY_ID = {1, 2, 3, 4, 5, 6, 7, 8};

    private MlDsaIdentity() {}

    /** Makes {@code NAME.key} in PKCS#8 and the self-signed {@code NAME.der} in a directory. */
    public static Identity make(Path directory, String name, KeyKind kind)
            throws IOException, GeneralSecurityException {
        Assumptions.assumeTrue(Runtime.version().feature() >= 24, "the Java platform has ML-DSA since version 24");
        KeyPair pair = KeyPairGenerator.getInstance(kind.keyFactoryName()).generateKeyPair();
        Path key = Files.writeString(
                directory.resolve(name + ".key"), pem(pair.getPrivate().getEncoded()));
        Path certificate = Files.write(directory.resolve(name + ".der"), certificate(name, kind, pair));
        return Identity.read(key, certificate);
    }

    /** A PKCS#8 key in PEM. */
    public static String pem(byte[] pkcs8) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pkcs8);
        return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
    }

    private static byte[] certificate(String name, KeyKind kind, KeyPair pair) throws GeneralSecurityException {
        byte[] algorithm =
                Der.sequence(Der.oid(SignatureAlgorithm.ofSigner(kind).oid()));
        byte[] fields = Der.sequence(
                Der.element(Tag.context(0), Der.integer(2)),
                Der.integer(1),
                algorithm,
                name(name),
                Der.sequence(time("260101000000Z"), time("490101000000Z")),
                name(name),
                pair.getPublic().getEncoded(),
                Der.element(Tag.context(3), Der.sequence(subjectKeyIdentifier())));
        Signature signer = Signature.getInstance(kind.keyFactoryName());
        signer.initSign(pair.getPrivate());
        signer.update(fields);
        return Der.sequence(fields, algorithm, Der.element(Tag.BIT_STRING, new byte[1], signer.sign()));
    }

    private static byte[] subjectKeyIdentifier() {
        byte[] identifier = Der.element(Tag.OCTET_STRING, KEY_ID);
        return Der.sequence(Der.oid(SUBJECT_KEY_IDENTIFIER), Der.element(Tag.OCTET_STRING, identifier));
    }

    private static byte[] name(String name) {
        byte[] attribute = Der.sequence(Der.oid(COMMON_NAME), Der.element(UTF8_STRING, name.getBytes(US_ASCII)));
        return Der.sequence(Der.element(Tag.SET, attribute));
    }

    private static byte[] time(String utc) {
        return Der.element(Tag.UTC_TIME, utc.getBytes(US_ASCII));
    }
}
