package org.bpfgate.integrity.sig.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.ProgramSigner;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.SigningRequest;
import org.bpfgate.integrity.sig.Identity;
import org.bpfgate.integrity.sig.Openssl;
import org.bpfgate.integrity.sig.Reported;
import org.bpfgate.integrity.sig.TestMap;
import org.bpfgate.integrity.sig.internal.hornet.HornetMode;
import org.bpfgate.integrity.sig.internal.keyring.Keyrings;
import org.bpfgate.integrity.sig.internal.keyring.KeyringsReader;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.KeyringId;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.signing.internal.contract.HornetSigner;
import org.bpfgate.signing.internal.contract.LoaderSigner;
import org.bpfgate.signing.internal.contract.ManifestSigner;
import org.bpfgate.signing.internal.contract.MapSchema;
import org.bpfgate.signing.internal.contract.MetadataSigner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ASignatureIsAddedToAMessageTest {
    private static final Instructions PROGRAM =
            Instructions.of(new byte[] {(byte) 0xb7, 0, 0, 0, 0, 0, 0, 0, (byte) 0x95, 0, 0, 0, 0, 0, 0, 0});
    private static final List<byte[]> MAPS = List.of(new byte[8]);
    private static final HornetSigner HORNET = new HornetSigner(MapSchema.HASHES);

    @TempDir
    static Path directory;

    static Openssl openssl;
    static Identity vendor;
    static Identity operator;

    @BeforeAll
    static void prepare() {
        openssl = new Openssl(directory);
        vendor = openssl.selfSigned("vendor", "rsa:2048");
        operator = openssl.selfSigned("operator", "P-384");
    }

    private static SigningRequest adding(Identity identity, byte[] message) {
        return SigningRequest.of(identity.signing()).addingTo(message);
    }

    private static byte[] both(ProgramSigner signer, List<byte[]> maps) throws SigningException {
        return signer.sign(adding(operator, signer.sign(vendor.signing(), PROGRAM, maps)), PROGRAM, maps);
    }

    private static ProgramLoad load(byte[] message) {
        return ProgramLoad.of(new BpfProgram("", ProgramType.XDP, PROGRAM, List.of(TestMap.of(0))))
                .withSignature(message)
                .withKeyring(KeyringId.USER);
    }

    private static Keyrings trust(Identity... trusted) throws Exception {
        List<Path> files = new ArrayList<>();
        for (Identity identity : trusted) {
            files.add(identity.certificateFile());
        }
        return KeyringsReader.read(files);
    }

    @ParameterizedTest
    @EnumSource(HornetMode.class)
    void eachSignerAloneIsEnoughInEveryMode(HornetMode mode) throws Exception {
        ProgramSigner signer = mode == HornetMode.COMPAT_V7 ? new HornetSigner(MapSchema.INDEXED_HASHES) : HORNET;
        byte[] message = both(signer, MAPS);
        for (Identity alone : List.of(vendor, operator)) {
            IntegrityReport report = Reported.byHornet(trust(alone), mode, load(message));
            assertThat(report.verdict()).as(report.toString()).isEqualTo(IntegrityVerdict.OK);
            assertThat(report.signers()).hasSize(1);
        }
        assertThat(Reported.byHornet(trust(vendor, operator), mode, load(message))
                        .signers())
                .hasSize(2);
    }

    @Test
    void nativeTakesBothToo() throws Exception {
        for (Identity alone : List.of(vendor, operator)) {
            assertThat(Reported.byNative(trust(alone), load(both(new LoaderSigner(), List.of())))
                            .contract())
                    .contains("loader");
            assertThat(Reported.byNative(trust(alone), load(both(new MetadataSigner(), MAPS)))
                            .contract())
                    .contains("metadata");
        }
    }

    @Test
    void opensslVerifiesBoth() throws Exception {
        Files.write(openssl.file("insns.bin"), PROGRAM.toByteArray());
        Files.write(openssl.file("both.p7s"), both(HORNET, MAPS));
        Files.writeString(
                openssl.file("all.pem"),
                Files.readString(vendor.certificateFile()) + Files.readString(operator.certificateFile()));
        openssl.run(
                ("cms -verify -binary -inform DER -in both.p7s -content insns.bin -purpose any -CAfile all.pem -certfile"
                                + " all.pem -out out.bin")
                        .split(" "));
        String text = openssl.tryRun("cms", "-cmsout", "-print", "-noout", "-inform", "DER", "-in", "both.p7s")
                .output();
        assertThat(text.split("d.issuerAndSerialNumber", -1)).as(text).hasSize(3);
    }

    /** What the first signer signed stays as it is, to the byte. */
    @Test
    void theEarlierSignatureStays() throws Exception {
        byte[] first = new LoaderSigner().sign(vendor.signing(), PROGRAM, List.of());
        byte[] second = new LoaderSigner().sign(adding(operator, first), PROGRAM, List.of());
        String signature = HexFormat.of().formatHex(first, first.length - 256, first.length);
        assertThat(HexFormat.of().formatHex(second)).contains(signature);
    }

    @Test
    void aManifestIsSignedByTwo() throws Exception {
        byte[] text = "a list\n".getBytes(StandardCharsets.UTF_8);
        byte[] first = new ManifestSigner().sign(vendor.signing(), text);
        byte[] both = new ManifestSigner().sign(adding(operator, first), text);
        assertThat(both).hasSizeGreaterThan(first.length + 100);
        assertThatThrownBy(() -> new ManifestSigner().sign(adding(operator, first), new byte[1]))
                .hasMessage("the message to add to carries another content");
    }

    @Test
    void aMessageThatDoesNotFitIsRefused() throws Exception {
        byte[] hornet = HORNET.sign(vendor.signing(), PROGRAM, MAPS);
        byte[] loader = new LoaderSigner().sign(vendor.signing(), PROGRAM, List.of());
        byte[] ofOpenssl = openssl.cms(PROGRAM.toByteArray(), vendor, "-nocerts", "-md", "sha256");
        Instructions other = Instructions.of(new byte[16]);
        refused(() -> HORNET.sign(adding(operator, hornet), other, MAPS), "is a signature over something else");
        refused(() -> HORNET.sign(adding(operator, hornet), PROGRAM, List.of()), "covers other maps");
        refused(
                () -> HORNET.sign(adding(vendor, hornet), PROGRAM, MAPS),
                "has a signature by this certificate already");
        refused(
                () -> HORNET.sign(adding(operator, loader), PROGRAM, MAPS),
                "is of another contract: it names its signers");
        refused(() -> HORNET.sign(adding(operator, ofOpenssl), PROGRAM, MAPS), "covers other maps, or is of another");
        refused(
                () -> new LoaderSigner().sign(adding(operator, hornet), PROGRAM, List.of()),
                "is of another contract: it names its signers");
        refused(
                () -> HORNET.sign(adding(operator, new byte[] {1, 2}), PROGRAM, MAPS),
                "is no signed CMS message in DER");
        byte[] longer = java.util.Arrays.copyOf(hornet, hornet.length + 3);
        refused(() -> HORNET.sign(adding(operator, longer), PROGRAM, MAPS), "is no");
    }

    /** The kernel hashes attributes as they were sent, and a message that is written anew has them in DER. */
    @Test
    void aMessageInBerIsRefused() throws Exception {
        byte[] der = HORNET.sign(vendor.signing(), PROGRAM, MAPS);
        byte[] ber = new byte[der.length];
        // The outer SEQUENCE with an indefinite length: two bytes less in front, two more at the end.
        ber[0] = 0x30;
        ber[1] = (byte) 0x80;
        System.arraycopy(der, 4, ber, 2, der.length - 4);
        refused(() -> HORNET.sign(adding(operator, ber), PROGRAM, MAPS), "is not in DER (openssl cms -cmsout");
    }

    private interface Signing {
        byte[] sign() throws SigningException;
    }

    private static void refused(Signing signing, String message) {
        assertThatThrownBy(signing::sign)
                .isInstanceOf(SigningException.class)
                .hasMessageStartingWith("the message to add to " + (message.equals("is no") ? "" : message))
                .hasMessageNotContaining("\n");
    }
}
