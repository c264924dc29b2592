package org.bpfgate.integrity.sig.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.bpfgate.hook.BpfProgLoadIntegrityHook;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.sig.Forge;
import org.bpfgate.integrity.sig.Identity;
import org.bpfgate.integrity.sig.Openssl;
import org.bpfgate.integrity.sig.Reported;
import org.bpfgate.integrity.sig.TestMap;
import org.bpfgate.integrity.sig.internal.asn1.Der;
import org.bpfgate.integrity.sig.internal.asn1.Tag;
import org.bpfgate.integrity.sig.internal.hornet.HornetMode;
import org.bpfgate.integrity.sig.internal.hornet.HornetModule;
import org.bpfgate.integrity.sig.internal.keyring.Keyrings;
import org.bpfgate.integrity.sig.internal.keyring.KeyringsReader;
import org.bpfgate.integrity.sig.internal.keyring.Trust;
import org.bpfgate.integrity.sig.internal.nativesig.NativeModule;
import org.bpfgate.integrity.sig.internal.pkcs7.Content;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.KeyringId;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.program.UsedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EqualLoadsAreJudgedOnceTest {
    private static final byte[] CODE = new byte[16];

    @TempDir
    static Path directory;

    static Identity signer;
    static Keyrings trusting;
    static byte[] signature;

    private final AtomicReference<Trust> trust = new AtomicReference<>();
    private final AtomicReference<HornetMode> mode = new AtomicReference<>(HornetMode.COMPAT_N);
    private final BpfProgLoadIntegrityHook hornet = new HornetModule(trust::get, mode::get);
    private final BpfProgLoadIntegrityHook nativeModule = new NativeModule(trust::get);

    @BeforeAll
    static void prepare() throws Exception {
        signer = new Openssl(directory).selfSigned("signer", "P-256");
        trusting = KeyringsReader.read(List.of(signer.certificateFile()));
        signature = new Forge(signer, CODE).withHornet(Forge.entries()).build(CODE);
    }

    @BeforeEach
    void trust() {
        trust.set(new Trust(trusting, 1, 0));
    }

    private BpfProgLoadIntegrityHook module(String name) {
        return name.equals("hornet") ? hornet : nativeModule;
    }

    private static ProgramLoad load(byte[] code, byte[] signed, UsedMap... maps) {
        return ProgramLoad.of(new BpfProgram("", ProgramType.XDP, Instructions.of(code), List.of(maps)))
                .withKeyring(KeyringId.USER)
                .withSignature(signed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hornet", "native"})
    void theSecondReportIsTheFirstAndSaysThatItIsCached(String name) {
        IntegrityReport first = Reported.by(module(name), load(CODE, signature));
        IntegrityReport second = Reported.by(module(name), load(CODE.clone(), signature.clone()));
        assertThat(first.verdict()).as(first.toString()).isEqualTo(IntegrityVerdict.OK);
        assertThat(first.isCached()).isFalse();
        assertThat(second.isCached()).isTrue();
        assertThat(second.toString()).isEqualTo(first.toString());
        assertThat(second.signer()).isEqualTo(first.signer());
        assertThat(second.coverage()).isEqualTo(first.coverage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hornet", "native"})
    void aBadSignatureIsRememberedToo(String name) {
        byte[] bad = signature.clone();
        bad[bad.length - 1] ^= 1;
        IntegrityReport first = Reported.by(module(name), load(CODE, bad));
        IntegrityReport second = Reported.by(module(name), load(CODE, bad));
        assertThat(second.verdict()).isEqualTo(IntegrityVerdict.BADSIG);
        assertThat(second.isCached()).isTrue();
        assertThat(second.reason()).isEqualTo(first.reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hornet", "native"})
    void anythingElseIsAnotherLoad(String name) {
        Reported.by(module(name), load(CODE, signature));
        byte[] longer = Arrays.copyOf(signature, signature.length + 1);
        ProgramLoad otherCode = load(new byte[8], signature);
        ProgramLoad otherKeyring = load(CODE, signature).withKeyring(KeyringId.BUILTIN);
        assertThat(Reported.by(module(name), load(CODE, longer)).isCached()).isFalse();
        assertThat(Reported.by(module(name), otherCode).verdict()).isEqualTo(IntegrityVerdict.BADSIG);
        assertThat(Reported.by(module(name), otherKeyring).verdict()).isEqualTo(IntegrityVerdict.BADSIG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hornet", "native"})
    void anotherGenerationOfTheKeyringsForgetsAll(String name) {
        Reported.by(module(name), load(CODE, signature));
        trust.set(new Trust(Keyrings.EMPTY, 2, 0));
        assertThat(Reported.by(module(name), load(CODE, signature)).verdict()).isEqualTo(IntegrityVerdict.BADSIG);
        trust.set(new Trust(trusting, 3, 0));
        IntegrityReport again = Reported.by(module(name), load(CODE, signature));
        assertThat(again.verdict()).isEqualTo(IntegrityVerdict.OK);
        assertThat(again.isCached()).isFalse();
    }

    @Test
    void mapsAreLookedAtEachTime() {
        TestMap map = TestMap.of(1);
        byte[] code = CODE;
        byte[] set = Der.element(Tag.SET, Der.sequence(Forge.octets(map.hash())));
        byte[] signed = new Forge(signer, code).withHornet(set).build(code);
        assertThat(Reported.by(hornet, load(code, signed, map))
                        .coverage()
                        .orElseThrow()
                        .mapsMatched())
                .isEqualTo(1);
        IntegrityReport other = Reported.by(hornet, load(code, signed, TestMap.of(2)));
        assertThat(other.isCached()).isTrue();
        assertThat(other.coverage().orElseThrow().mapsMatched()).isZero();
    }

    @Test
    void anotherModeIsAnotherJudgement() {
        assertThat(Reported.by(hornet, load(CODE, signature)).contract()).contains("hornet");
        mode.set(HornetMode.COMPAT_V7);
        assertThat(Reported.by(hornet, load(CODE, signature)).contract()).contains("hornet-v7");
    }

    @Test
    void strictLooksAtTheClockAndKeepsNothing() {
        mode.set(HornetMode.STRICT);
        trust.set(Reported.trust(trusting));
        Reported.by(hornet, load(CODE, signature));
        assertThat(Reported.by(hornet, load(CODE, signature)).isCached()).isFalse();
    }

    @Test
    void theCacheIsBounded() {
        LoadCache<String> cache = new LoadCache<>();
        for (int i = 0; i <= LoadCache.MAX_ENTRIES; i++) {
            cache.keep(key(i, 1), 1, "judgement " + i);
        }
        assertThat(cache.find(key(0, 1), 1)).isNull();
        assertThat(cache.find(key(1, 1), 1)).isEqualTo("judgement 1");
        cache.keep(key(0, LoadCache.MAX_SIGNATURE + 1), 1, "too large");
        assertThat(cache.find(key(0, LoadCache.MAX_SIGNATURE + 1), 1)).isNull();
        assertThat(cache.find(key(1, 1), 2)).isNull();
    }

    private static LoadKey key(int number, int signatureSize) {
        byte[] content = {(byte) number, (byte) (number >> 8)};
        return new LoadKey("rule", Content.of(content), new byte[signatureSize], 0);
    }
}
