package org.bpfgate.integrity.sig.internal.hornet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfgate.integrity.sig.Forge.attribute;
import static org.bpfgate.integrity.sig.Forge.entries;
import static org.bpfgate.integrity.sig.Forge.octets;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.sig.Forge;
import org.bpfgate.integrity.sig.Reported;
import org.bpfgate.integrity.sig.internal.asn1.Der;
import org.bpfgate.integrity.sig.internal.asn1.Oid;
import org.bpfgate.integrity.sig.internal.asn1.Tag;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.KeyringId;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fixture is named for what an attacker did; both verifiers and all modes refuse it. */
class KnownAttacksAreRefusedTest {
    /** The order of the base point of P-256, SEC 2, 2.4.2. */
    private static final BigInteger P256_ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private static final Oid MD5 = Oid.of("2a864886f70d0205");
    private static final Oid SHA512 = Oid.of("608648016503040203");

    @TempDir
    static Path directory;

    static Bench bench;

    @BeforeAll
    static void prepare() {
        bench = new Bench(directory);
    }

    private static Forge good() {
        return new Forge(bench.ec, bench.code);
    }

    static Stream<Arguments> messages() {
        return Stream.of(
                row("attributes-swapped-after-signing", () -> replaced(good(), f -> Collections.reverse(f.attributes))),
                row("attribute-duplicated-after-signing", () -> replaced(good(), f -> f.with(f.attributes.get(0)))),
                row("attribute-added-after-signing", () -> replaced(good(), f -> f.withHornet(entries(32)))),
                row("attributes-removed-after-signing", () -> replaced(good(), f -> f.attributes = List.of())),
                row("digest-algorithm-swapped", () -> swapped(SHA512)),
                row("digest-algorithm-md5", () -> swapped(MD5)),
                row("no-signer", () -> good().message(List.of())),
                row(
                        "ten-thousand-signers",
                        () -> good().message(Collections.nCopies(10_000, Der.sequence(Der.integer(1))))),
                row(
                        "sixty-five-good-signers",
                        () -> good().message(Collections.nCopies(65, good().signerInfo(bench.code)))),
                row("length-of-four-gigabytes", () -> bytes("3084ffffffff0609")),
                row("length-of-sixteen-octets", () -> bytes("3090" + "ff".repeat(16))),
                row("length-longer-than-message", () -> bytes("3082ffff0609")),
                row("indefinite-lengths-nested-32000-deep", () -> bytes("3080".repeat(32_000))),
                row("definite-lengths-nested-deep", KnownAttacksAreRefusedTest::nested),
                row(
                        "hash-list-of-65",
                        () -> good().withHornet(entries(new int[65])).build(bench.code)),
                row("ecdsa-r-and-s-zero", () -> ecdsa(BigInteger.ZERO, BigInteger.ZERO)),
                row("ecdsa-r-zero", () -> ecdsa(BigInteger.ZERO, BigInteger.ONE)),
                row("ecdsa-s-zero", () -> ecdsa(BigInteger.ONE, BigInteger.ZERO)),
                row("ecdsa-r-and-s-order", () -> ecdsa(P256_ORDER, P256_ORDER)),
                row("ecdsa-r-order", () -> ecdsa(P256_ORDER, BigInteger.ONE)),
                row("ecdsa-s-order", () -> ecdsa(BigInteger.ONE, P256_ORDER)),
                row("ecdsa-signature-empty", () -> withSignature(good(), new byte[0])),
                row("certificate-with-rsa-key-of-32768-bits", () -> withRsaKey(32_768, 65_537)),
                row("certificate-with-rsa-key-of-512-bits", () -> withRsaKey(512, 65_537)),
                row("certificate-with-exponent-one", () -> withRsaKey(2048, 1)),
                row("certificate-with-even-exponent", () -> withRsaKey(2048, 4)));
    }

    private static Arguments row(String name, Supplier<byte[]> message) {
        return Arguments.of(name, message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void byBothVerifiersInAllModes(String name, Supplier<byte[]> message) {
        ProgramLoad load = load(bench.code, message.get());
        for (HornetMode mode : HornetMode.values()) {
            assertBad(Reported.byHornet(bench.keyrings, mode, load));
        }
        if (!name.equals("hash-list-of-65")) { // native has no list of hashes
            assertBad(Reported.byNative(bench.keyrings, load));
        }
    }

    /** The attributes of a good message are sent as the content of another one, with the same signature. */
    @Test
    void signedAttributesReinterpretedAsContent() {
        Forge victim = good().with(attribute(Oid.of("2a03"), octets(new byte[padding()])));
        byte[] content = Der.element(Tag.SET, victim.attributes.toArray(byte[][]::new));
        assertThat(content.length % Instructions.SLOT_SIZE).isZero();
        Forge attack = new Forge(bench.ec, content);
        attack.attributes = List.of();
        ProgramLoad load = load(content, attack.build(content));
        for (HornetMode mode : HornetMode.values()) {
            IntegrityReport report = Reported.byHornet(bench.keyrings, mode, load);
            assertBad(report);
            assertThat(report.code()).contains("attributes-as-content");
        }
        assertThat(Reported.byNative(bench.keyrings, load).code()).contains("attributes-as-content");
    }

    /** Makes the set a multiple of 8 bytes, as a program is. */
    private static int padding() {
        for (int size = 0; ; size++) {
            Forge padded = new Forge(bench.ec, bench.code);
            padded.attributes.add(attribute(Oid.of("2a03"), octets(new byte[size])));
            byte[] set = Der.element(Tag.SET, padded.attributes.toArray(byte[][]::new));
            if (set.length % Instructions.SLOT_SIZE == 0) {
                return size;
            }
        }
    }

    private static ProgramLoad load(byte[] code, byte[] signature) {
        return ProgramLoad.of(new BpfProgram("", ProgramType.XDP, Instructions.of(code)))
                .withKeyring(KeyringId.USER)
                .withSignature(signature);
    }

    private static void assertBad(IntegrityReport report) {
        assertThat(report.verdict()).as(report.toString()).isEqualTo(IntegrityVerdict.BADSIG);
        assertThat(report.reason()).doesNotContain("\n");
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    /** The signature of a good message under other attributes. */
    private static byte[] replaced(Forge original, Consumer<Forge> change) {
        byte[] signature = signatureOf(original);
        Forge other = good();
        change.accept(other);
        return withSignature(other, signature);
    }

    private static byte[] signatureOf(Forge forge) {
        byte[] set = Der.element(Tag.SET, forge.attributes.toArray(byte[][]::new));
        return bench.ec.sign("SHA256", set);
    }

    private static byte[] withSignature(Forge forge, byte[] signature) {
        forge.signature = signature;
        return forge.build(bench.code);
    }

    /** The digest stays the one of SHA-256, and the algorithm is said to be another. */
    private static byte[] swapped(Oid algorithm) {
        return replaced(good(), forge -> forge.digestAlgorithm = algorithm);
    }

    private static byte[] ecdsa(BigInteger r, BigInteger s) {
        return withSignature(
                good(),
                Der.sequence(Der.element(Tag.INTEGER, r.toByteArray()), Der.element(Tag.INTEGER, s.toByteArray())));
    }

    private static byte[] nested() {
        byte[] inner = {};
        while (inner.length < 8_000) {
            inner = Der.sequence(inner);
        }
        return inner;
    }

    /** A certificate of the stranger travels with the message; its key is replaced by one of that shape. */
    private static byte[] withRsaKey(int bits, int exponent) {
        byte[] modulus = new byte[bits / 8 + 1];
        Arrays.fill(modulus, 1, modulus.length, (byte) 0xff);
        byte[] key = Der.sequence(
                Der.element(Tag.INTEGER, modulus),
                Der.element(Tag.INTEGER, BigInteger.valueOf(exponent).toByteArray()));
        byte[] info = Der.sequence(
                Der.sequence(Der.oid(Oid.of("2a864886f70d010101")), Der.element(Tag.NULL)),
                Der.element(Tag.BIT_STRING, new byte[1], key));
        Forge forge = good();
        forge.certificates = Der.element(Tag.context(0), certificate(info));
        return forge.build(bench.code);
    }

    private static byte[] certificate(byte[] publicKey) {
        byte[] algorithm = Der.sequence(Der.oid(Forge.ECDSA_SHA256));
        byte[] name = Der.sequence(bench.ec.certificate().issuer());
        byte[] time = Der.element(Tag.UTC_TIME, "260101000000Z".getBytes(StandardCharsets.US_ASCII));
        byte[] fields =
                Der.sequence(Der.integer(1), algorithm, name, Der.sequence(time, time), Der.sequence(), publicKey);
        return Der.sequence(fields, algorithm, Der.element(Tag.BIT_STRING, new byte[9]));
    }
}
