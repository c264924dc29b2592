package org.bpfgate.integrity.sig.internal.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.sig.Forge;
import org.bpfgate.integrity.sig.Identity;
import org.bpfgate.integrity.sig.Openssl;
import org.bpfgate.integrity.sig.Reported;
import org.bpfgate.integrity.sig.internal.file.InputFileException;
import org.bpfgate.integrity.sig.internal.hornet.HornetMode;
import org.bpfgate.integrity.sig.internal.hornet.HornetModule;
import org.bpfgate.integrity.sig.internal.nativesig.NativeModule;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.KeyringId;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevokedDigestsCountFromTheirTimeTest {
    private static final byte[] CODE = new byte[16];
    private static final String OTHER = "ab".repeat(32);

    @TempDir
    static Path keys;

    static Identity signer;
    static byte[] signature;

    @TempDir
    Path trusted;

    private final AtomicReference<Instant> clock = new AtomicReference<>(Instant.parse("2026-11-23T12:00:00Z"));
    private final TrustSource source = new TrustSource(clock::get);
    private final HornetModule hornet = new HornetModule(source::now, () -> HornetMode.COMPAT_N);
    private final NativeModule nativeModule = new NativeModule(source::now);

    @BeforeAll
    static void prepare() {
        signer = new Openssl(keys).selfSigned("signer", "P-256");
        signature = new Forge(signer, CODE).withHornet(Forge.entries()).build(CODE);
    }

    @BeforeEach
    void trustTheSigner() throws Exception {
        Files.copy(signer.certificateFile(), trusted.resolve("signer.pem"));
        Files.createDirectory(trusted.resolve("blacklist"));
    }

    private void revoke(String lines) throws IOException, InputFileException {
        Files.writeString(trusted.resolve("blacklist/revoked"), lines);
        source.update(KeyringsReader.read(List.of(trusted)));
    }

    private static ProgramLoad load() {
        return ProgramLoad.of(new BpfProgram("", ProgramType.XDP, Instructions.of(CODE)))
                .withKeyring(KeyringId.USER)
                .withSignature(signature);
    }

    private static String digest(String kind) {
        return switch (kind) {
            case "cert" -> signer.certificate().sha256();
            case "tbs" -> signer.certificate().signedPartSha256();
            default -> Instructions.of(CODE).digest().orElseThrow().hex();
        };
    }

    private void assertCodes(String code) {
        assertThat(Reported.by(hornet, load()).code()).contains(code);
        assertThat(Reported.by(nativeModule, load()).code()).contains(code);
    }

    @ParameterizedTest
    @CsvSource({"cert, revoked-key", "tbs, revoked-key", "bin, revoked-content"})
    void withoutATimeAlways(String kind, String code) throws Exception {
        revoke("# a comment\n\n" + kind + ":" + digest(kind) + "\n");
        assertCodes(code);
        revoke(kind + ":" + OTHER + "\n");
        assertCodes("verified");
    }

    @ParameterizedTest
    @CsvSource({"cert, revoked-key", "bin, revoked-content"})
    void withATimeFromThenOnAlsoForWhatIsCached(String kind, String code) throws Exception {
        revoke(kind + ":" + digest(kind) + "  2026-11-23T13:00:00Z\n");
        assertCodes("verified");
        assertThat(Reported.by(hornet, load()).isCached()).isTrue();
        clock.set(Instant.parse("2026-11-23T12:59:59Z"));
        assertCodes("verified");
        clock.set(Instant.parse("2026-11-23T13:00:00Z"));
        assertCodes(code);
        IntegrityReport again = Reported.by(hornet, load());
        assertThat(again.code()).contains(code);
        assertThat(again.isCached()).isTrue();
    }

    @Test
    void theGenerationNamesEachStateOnce() throws Exception {
        long empty = source.now().generation();
        revoke("bin:" + OTHER + " 2026-11-23T13:00:00Z\nbin:" + digest("bin") + " 2026-11-23T14:00:00Z");
        long none = source.now().generation();
        clock.set(Instant.parse("2026-11-23T13:30:00Z"));
        long one = source.now().generation();
        clock.set(Instant.parse("2026-11-23T14:30:00Z"));
        long both = source.now().generation();
        revoke("");
        assertThat(List.of(empty, none, one, both, source.now().generation()))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void theEarlierOfTwoEntriesCounts() throws Exception {
        String bin = "bin:" + digest("bin");
        revoke(bin + " 2026-11-23T14:00:00Z\n" + bin + " 2026-11-23T11:00:00Z\n" + bin + " 2026-11-23T15:00:00Z");
        assertCodes("revoked-content");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hash:00",
                "cert:00",
                "cert:zz" + "00000000000000000000000000000000000000000000000000000000000000",
                "bin:" + "0000000000000000000000000000000000000000000000000000000000000000" + " tomorrow",
                "bin:" + "0000000000000000000000000000000000000000000000000000000000000000" + " 2026-13-01T00:00:00Z",
                "bin",
            })
    void anotherLineIsRefusedWithItsPlaceAndTheOldListStays(String line) throws Exception {
        revoke("bin:" + digest("bin"));
        assertThatThrownBy(() -> revoke("# fine\n" + line + "\n"))
                .isInstanceOf(InputFileException.class)
                .hasMessageStartingWith(trusted.resolve("blacklist/revoked") + ":2: ");
        assertCodes("revoked-content");
    }
}
