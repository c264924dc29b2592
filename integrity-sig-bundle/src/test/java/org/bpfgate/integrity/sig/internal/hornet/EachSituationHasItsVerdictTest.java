package org.bpfgate.integrity.sig.internal.hornet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfgate.integrity.IntegrityVerdict.BADSIG;
import static org.bpfgate.integrity.IntegrityVerdict.OK;
import static org.bpfgate.integrity.IntegrityVerdict.PARTIALSIG;
import static org.bpfgate.integrity.sig.Forge.attribute;
import static org.bpfgate.integrity.sig.Forge.entries;
import static org.bpfgate.integrity.sig.Forge.octets;
import static org.bpfgate.integrity.sig.Forge.signingTime;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.sig.Forge;
import org.bpfgate.integrity.sig.internal.asn1.Der;
import org.bpfgate.integrity.sig.internal.asn1.Oid;
import org.bpfgate.integrity.sig.internal.asn1.Tag;
import org.bpfgate.integrity.sig.internal.pkcs7.Pkcs7Oid;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages with a good signature and one thing about them, and what the kernel would say. */
class EachSituationHasItsVerdictTest {
    @TempDir
    static Path directory;

    static Bench bench;

    @BeforeAll
    static void prepare() {
        bench = new Bench(directory);
    }

    static Stream<Arguments> messages() {
        return Stream.of(
                row(
                        "Hornet attribute with one map",
                        OK,
                        "covers the instructions and 1 map",
                        f -> f.withHornet(entries(32))),
                row("indefinite lengths, also of the signed attributes", OK, "1 map", f -> {
                    f.indefinite = true;
                    f.withHornet(entries(32));
                }),
                row("no signed attributes", PARTIALSIG, "no Hornet attribute", f -> f.attributes = List.of()),
                row("attributes without Hornet's", PARTIALSIG, "no Hornet attribute", f -> {}),
                row(
                        "Hornet attribute only unsigned",
                        PARTIALSIG,
                        "no Hornet attribute",
                        f -> f.unsignedAttributes =
                                Der.element(Tag.context(1), attribute(SignedMaps.TYPE, Der.sequence(entries(32))))),
                row(
                        "an unknown attribute",
                        PARTIALSIG,
                        "",
                        f -> f.with(attribute(Oid.of("2a03"), octets(new byte[3])))),
                row("empty entry set", OK, "and no map", f -> f.withHornet(entries())),
                row("64 entries", OK, "64 maps", f -> f.withHornet(entries(new int[64]))),
                row("65 entries", BADSIG, "more than 64", f -> f.withHornet(entries(new int[65]))),
                row(
                        "an empty hash",
                        OK,
                        "1 with an empty hash, which can never match",
                        f -> f.withHornet(entries(32, 0))),
                row("a hash of 31 bytes", BADSIG, "31 bytes", f -> f.withHornet(entries(31))),
                row("a hash of 33 bytes", BADSIG, "33 bytes", f -> f.withHornet(entries(32, 33))),
                row(
                        "index schema",
                        BADSIG,
                        "older schema",
                        f -> f.withHornet(Der.element(Tag.SET, Der.sequence(Der.integer(0), octets(new byte[32]))))),
                row("a bare set as value", BADSIG, "malformed", f -> f.with(attribute(SignedMaps.TYPE, entries(32)))),
                row("Hornet attribute without a value", PARTIALSIG, "", f -> f.with(attribute(SignedMaps.TYPE))),
                row(
                        "the last of two values is bad",
                        BADSIG,
                        "malformed",
                        f -> f.with(attribute(SignedMaps.TYPE, Der.sequence(entries(32)), Der.sequence(entries(1))))),
                row(
                        "the last of two attributes is good",
                        OK,
                        "2 maps",
                        f -> f.withHornet(entries(1)).withHornet(entries(32, 32))),
                row("attribute contentType is missing", BADSIG, "contentType is missing", f -> f.attributes.remove(0)),
                row(
                        "attribute messageDigest is missing",
                        BADSIG,
                        "messageDigest is missing",
                        f -> f.attributes.remove(1)),
                row("contentType twice", BADSIG, "contentType is given twice", f -> f.with(f.attributes.get(0))),
                row("messageDigest twice", BADSIG, "messageDigest is given twice", f -> f.with(f.attributes.get(1))),
                row(
                        "contentType of another type",
                        BADSIG,
                        "contentType differs",
                        f -> f.attributes.set(0, attribute(Pkcs7Oid.CONTENT_TYPE, Der.oid(Pkcs7Oid.SIGNED_DATA)))),
                row(
                        "messageDigest not an OCTET STRING",
                        BADSIG,
                        "not an OCTET STRING",
                        f -> f.attributes.set(
                                1, attribute(Pkcs7Oid.MESSAGE_DIGEST, Der.element(Tag.BIT_STRING, new byte[32])))),
                row(
                        "messageDigest too short",
                        BADSIG,
                        "not as long",
                        f -> f.attributes.set(1, attribute(Pkcs7Oid.MESSAGE_DIGEST, octets(new byte[20])))),
                row(
                        "messageDigest of another content",
                        BADSIG,
                        "instructions were changed",
                        f -> f.attributes.set(1, attribute(Pkcs7Oid.MESSAGE_DIGEST, octets(new byte[32])))),
                row("a signing time", PARTIALSIG, "", f -> f.with(signingTime("261123120000Z"))),
                row(
                        "a signing time twice",
                        BADSIG,
                        "signingTime is given twice",
                        f -> f.with(signingTime("261123120000Z")).with(signingTime("261123120000Z"))),
                row(
                        "a signing time on 30 February",
                        BADSIG,
                        "date does not exist",
                        f -> f.with(signingTime("260230120000Z"))),
                row(
                        "a signing time outside of UTC",
                        BADSIG,
                        "does not end in Z",
                        f -> f.with(signingTime("261123120000+0100"))),
                row(
                        "S/MIME capabilities",
                        BADSIG,
                        "smimeCapabilities",
                        f -> f.with(attribute(Forge.SMIME_CAPABILITIES, Der.sequence()))),
                row(
                        "a Microsoft attribute",
                        BADSIG,
                        "outside Authenticode",
                        f -> f.with(attribute(Oid.of("2b06010401823702010c"), Der.sequence()))),
                row("Authenticode content", BADSIG, "Authenticode", f -> {
                    f.contentType = Oid.of("2b060104018237020104");
                    f.attributes = List.of();
                }),
                row(
                        "content of another type",
                        BADSIG,
                        "1.2.840.113549.1.7.2 is not supported",
                        f -> f.contentType = Pkcs7Oid.SIGNED_DATA),
                row("a message of another type", BADSIG, "not signed data", f -> f.messageType = Pkcs7Oid.DATA),
                row("embedded content", BADSIG, "must be detached", f -> f.embeddedContent = bench.code),
                row("SignedData version 2", BADSIG, "version 1 or 3", f -> f.messageVersion = 2),
                row("SignedData version 3, signer 1", BADSIG, "signer info of version 1", f -> f.messageVersion = 3),
                row("SignedData version 1, signer 3", BADSIG, "signer info of version 3", f -> f.signerVersion = 3),
                row("signer version 2", BADSIG, "version 1 or 3", f -> f.signerVersion = 2),
                row("versions 3, but an issuer", BADSIG, "key identifier is expected", f -> {
                    f.messageVersion = 3;
                    f.signerVersion = 3;
                }),
                row("versions 3 and a key identifier", PARTIALSIG, "", f -> {
                    f.messageVersion = 3;
                    f.signerVersion = 3;
                    f.signerName = Der.element(Tag.contextPrimitive(0), bench.openssl.subjectKeyId(bench.ec));
                }),
                row("an unknown digest", BADSIG, "digest algorithm 1.2.3", f -> f.digestAlgorithm = Oid.of("2a03")),
                row(
                        "RSA-PSS",
                        BADSIG,
                        "1.2.840.113549.1.1.10 is not supported",
                        f -> f.signatureAlgorithm = Oid.of("2a864886f70d01010a")),
                row(
                        "sha256WithRSAEncryption",
                        BADSIG,
                        "1.2.840.113549.1.1.11 is not supported",
                        f -> f.signatureAlgorithm = Oid.of("2a864886f70d01010b")),
                row(
                        "the algorithm of another kind of key",
                        BADSIG,
                        "does not verify",
                        f -> f.signatureAlgorithm = Oid.of("2a864886f70d010101")),
                row(
                        "a name that differs only in its encoding",
                        BADSIG,
                        "is not in the keyring user",
                        f -> f.signerName = Der.sequence(
                                Der.sequence(),
                                Der.element(Tag.INTEGER, bench.ec.certificate().serial()))),
                row(
                        "malformed unsigned attributes",
                        BADSIG,
                        "unsigned attribute",
                        f -> f.unsignedAttributes = Der.element(Tag.context(1), octets(new byte[1]))),
                row(
                        "junk among the certificates",
                        BADSIG,
                        "a certificate is expected",
                        f -> f.certificates = Der.element(Tag.context(0), octets(new byte[1]))));
    }

    private static Arguments row(String name, IntegrityVerdict verdict, String reason, Consumer<Forge> change) {
        return Arguments.of(name, verdict, reason, change);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("messages")
    void verdict(String name, IntegrityVerdict verdict, String reason, Consumer<Forge> change) {
        Forge forge = new Forge(bench.ec, bench.code);
        change.accept(forge);
        IntegrityReport report = bench.verify(forge.build(bench.code));
        assertThat(report.verdict()).as(report.toString()).isEqualTo(verdict);
        assertThat(report.reason()).contains(reason).doesNotContain("\n");
    }
}
