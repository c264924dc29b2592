package org.bpfgate.integrity.sig.internal.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bpfgate.integrity.sig.internal.asn1.BerException;
import org.bpfgate.integrity.sig.internal.asn1.BerReader;
import org.bpfgate.integrity.sig.internal.asn1.Der;
import org.bpfgate.integrity.sig.internal.asn1.Oid;
import org.bpfgate.integrity.sig.internal.asn1.Tag;
import org.junit.jupiter.api.Test;

class PublishedVectorsHoldTest {
    private static final Oid EC_PUBLIC_KEY = Oid.of("2a8648ce3d0201");

    /** The curves of the vectors that hornet knows; the vectors have binary curves and P-192 and P-224 too. */
    private enum Curve {
        P256("2a8648ce3d030107", 32),
        P384("2b81040022", 48),
        P521("2b81040023", 66);

        private final String oid;
        private final int fieldBytes;

        Curve(String oid, int fieldBytes) {
            this.oid = oid;
            this.fieldBytes = fieldBytes;
        }

        static Optional<Curve> named(String name) {
            return Stream.of(values())
                    .filter(curve -> curve.name().equals(name.replace("-", "")))
                    .findFirst();
        }
    }

    /** DSA keys, a signature that is not a whole number of bytes, and years before 2050 as a GeneralizedTime. */
    private static final List<String> UNREADABLE = List.of(
            "BadSignedCACert.crt",
            "DSACACert.crt",
            "DSAParametersInheritedCACert.crt",
            "InvalidDSASignatureTest6EE.crt",
            "Invalidpre2000UTCEEnotAfterDateTest7EE.crt",
            "ValidDSAParameterInheritanceTest5EE.crt",
            "ValidDSASignaturesTest4EE.crt",
            "ValidGeneralizedTimenotBeforeDateTest4EE.crt");

    private int judged;

    @Test
    void ecdsaSignaturesVerifyAsNistSays() throws Exception {
        for (Map<String, String> each :
                PublishedVectors.cases(PublishedVectors.path("asymmetric/ECDSA/FIPS_186-3/SigVer.rsp"))) {
            String[] section = field(each, "[]").replaceAll("[\\[\\]]", "").split(",", -1);
            Optional<Curve> curve = Curve.named(section[0]);
            if (curve.isPresent()) {
                byte[] signature = Der.sequence(number(field(each, "R")), number(field(each, "S")));
                judge(ecKey(curve.get(), each), section[1], signature, each);
            }
        }
        // Three curves, five digests, fifteen cases each.
        assertThat(judged).isEqualTo(3 * 5 * 15);
    }

    @Test
    void rsaSignaturesVerifyAsNistSays() throws Exception {
        for (Map<String, String> each :
                PublishedVectors.cases(PublishedVectors.path("asymmetric/RSA/FIPS_186-2/SigVer15_186-3.rsp"))) {
            byte[] info = Der.sequence(
                    Der.sequence(Der.oid(SignatureAlgorithm.RSA.oid()), Der.element(Tag.NULL)),
                    Der.element(
                            Tag.BIT_STRING,
                            new byte[1],
                            Der.sequence(number(field(each, "n")), number(field(each, "e")))));
            judge(key(info), field(each, "SHAAlg"), HexFormat.of().parseHex(field(each, "S")), each);
        }
        assertThat(judged).isPositive();
    }

    private void judge(VerifyingKey key, String digest, byte[] signature, Map<String, String> each) {
        byte[] message = HexFormat.of().parseHex(field(each, "Msg"));
        boolean good = key.verifies(DigestAlgorithm.valueOf(digest.replace("-", "")), message, signature);
        assertThat(good).as("%s", each).isEqualTo(field(each, "Result").startsWith("P"));
        judged++;
    }

    private static String field(Map<String, String> each, String name) {
        return Objects.requireNonNull(each.get(name), name);
    }

    private static byte[] number(String hex) {
        return Der.element(Tag.INTEGER, new BigInteger(hex, 16).toByteArray());
    }

    private static VerifyingKey ecKey(Curve curve, Map<String, String> each) throws BerException {
        byte[] algorithm = Der.sequence(Der.oid(EC_PUBLIC_KEY), Der.oid(Oid.of(curve.oid)));
        byte[] unusedBitsAndForm = {0, 4};
        byte[] point = Der.element(
                Tag.BIT_STRING,
                unusedBitsAndForm,
                coordinate(field(each, "Qx"), curve.fieldBytes),
                coordinate(field(each, "Qy"), curve.fieldBytes));
        return key(Der.sequence(algorithm, point));
    }

    private static byte[] coordinate(String hex, int size) {
        return HexFormat.of().parseHex("0".repeat(2 * size - hex.length()) + hex);
    }

    private static VerifyingKey key(byte[] info) throws BerException {
        return VerifyingKeyReader.read(new BerReader(info).next("a public key"));
    }

    /** PKITS, 4.1: what a certificate is signed by. Its other chapters are about rules that the kernel does not have. */
    @Test
    void everyCertificateOfPkitsIsSignedByItsIssuerButThoseWithABadSignature() throws Exception {
        Map<String, Certificate> certificates = new TreeMap<>();
        Set<String> unreadable = new TreeSet<>();
        for (Path file : files(PublishedVectors.path("x509/PKITS_data/certs"))) {
            String name = file.getFileName().toString();
            try {
                certificates.put(name, CertificateReader.read(Files.readAllBytes(file)));
            } catch (BerException e) {
                unreadable.add(name);
            }
        }
        assertThat(unreadable).containsExactlyElementsOf(UNREADABLE);
        Set<String> unsigned = new TreeSet<>();
        certificates.forEach((name, certificate) -> {
            if (certificates.values().stream().noneMatch(issuer -> isIssuedBy(issuer, certificate))) {
                unsigned.add(name);
            }
        });
        assertThat(unsigned).containsExactly("InvalidCASignatureTest2EE.crt", "InvalidEESignatureTest3EE.crt");
    }

    /** Key identifiers first, as signatures take their time; names differ in case and spaces in some of the tests. */
    private static boolean isIssuedBy(Certificate issuer, Certificate certificate) {
        KeyId named = certificate.authority().key();
        return (named == null || named.equals(issuer.subjectKeyId())) && certificate.isSignedBy(issuer.key());
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return new ArrayList<>(all.sorted().toList());
        }
    }
}
