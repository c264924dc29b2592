package org.bpfgate.integrity.sig.internal.hornet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfgate.integrity.IntegrityVerdict.BADSIG;
import static org.bpfgate.integrity.IntegrityVerdict.PARTIALSIG;
import static org.bpfgate.integrity.IntegrityVerdict.UNKNOWNKEY;
import static org.bpfgate.integrity.IntegrityVerdict.UNSIGNED;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.sig.Forge;
import org.bpfgate.integrity.sig.Reported;
import org.bpfgate.integrity.sig.internal.keyring.Keyrings;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.KeyringId;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.program.RelocationState;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TheOrderOfTheChecksIsTheKernelsTest {
    private static final int UNKNOWN_ID = Integer.MAX_VALUE;

    @TempDir
    static Path directory;

    static Bench bench;
    static byte[] good;
    static byte[] junk;

    @BeforeAll
    static void prepare() {
        bench = new Bench(directory);
        good = new Forge(bench.ec, bench.code).build(bench.code);
        junk = new byte[64];
        junk[0] = 0x30;
        junk[1] = 0x42;
    }

    private static IntegrityReport verify(ProgramLoad load) {
        return Reported.byHornet(bench.keyrings, load);
    }

    private static ProgramLoad load() {
        return bench.load(bench.code);
    }

    @Test
    void noSignatureIsUnsignedInAnyKeyring() {
        assertThat(verify(load()).verdict()).isEqualTo(UNSIGNED);
        assertThat(verify(load().withKeyring(UNKNOWN_ID)).verdict()).isEqualTo(UNSIGNED);
    }

    @Test
    void anEmptySignatureIsBad() {
        assertThat(verify(load().withSignature(new byte[0])).reason()).contains("size 0");
    }

    @Test
    void junkIsBadBeforeTheKeyringIsLookedUp() {
        assertThat(verify(load().withSignature(junk)).verdict()).isEqualTo(BADSIG);
        assertThat(verify(load().withSignature(junk).withKeyring(UNKNOWN_ID)).verdict())
                .isEqualTo(BADSIG);
    }

    @Test
    void anUnknownKeyringIsReportedBeforeTheSignatureIsVerified() {
        ProgramLoad other = bench.load(new byte[8]).withSignature(good).withKeyring(UNKNOWN_ID);
        assertThat(verify(other).verdict()).isEqualTo(UNKNOWNKEY);
        assertThat(verify(other).reason()).contains("2147483647");
    }

    @ParameterizedTest
    @ValueSource(ints = {KeyringId.BUILTIN, KeyringId.SECONDARY, KeyringId.PLATFORM, KeyringId.USER})
    void anEmptyKeyringExistsAndTrustsNobody(int id) {
        IntegrityReport report =
                Reported.byHornet(Keyrings.EMPTY, load().withSignature(good).withKeyring(id));
        assertThat(report.verdict()).isEqualTo(BADSIG);
        assertThat(report.reason())
                .contains("is not in the keyring")
                .contains("CN=ec")
                .endsWith(", which is empty");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, -1, -3, -5, 114})
    void otherIdsAreUnknown(int id) {
        assertThat(verify(load().withSignature(good).withKeyring(id)).verdict()).isEqualTo(UNKNOWNKEY);
    }

    @Test
    void aGoodSignatureNamesItsSigner() {
        IntegrityReport report = verify(load().withSignature(good));
        assertThat(report.verdict()).isEqualTo(PARTIALSIG);
        assertThat(report.signer()).get().satisfies(signer -> {
            assertThat(signer.certificate()).hasSize(64);
            assertThat(signer.subject()).isEqualTo("CN=ec,O=bpfgate test");
        });
    }

    @Test
    void instructionsNotKnownOfflineCannotHaveAGoodSignature() {
        Instructions open =
                Instructions.unlinked(bench.code, RelocationState.MAP_FDS_PENDING, "it uses the map counts");
        ProgramLoad load =
                ProgramLoad.of(new BpfProgram("", ProgramType.XDP, open)).withKeyring(KeyringId.USER);
        assertThat(verify(load).verdict()).isEqualTo(UNSIGNED);
        assertThat(verify(load.withSignature(good)).verdict()).isEqualTo(BADSIG);
        assertThat(verify(load.withSignature(good)).reason()).endsWith("not known offline: it uses the map counts");
    }

    @Test
    void theModuleReportsOnceAndReturnsWhatTheReportReturned() {
        List<IntegrityVerdict> reports = new ArrayList<>();
        HornetModule module = new HornetModule(() -> Reported.trust(bench.keyrings), () -> HornetMode.COMPAT_N);
        ProgramLoad load = Reported.withBlob(module, load());
        HookResult answer = HookResult.deny(Errno.EPERM, "no");
        HookResult result = module.bpfProgLoadIntegrity(load, report -> {
            reports.add(report.verdict());
            return answer;
        });
        assertThat(result).isSameAs(answer);
        assertThat(reports).containsExactly(UNSIGNED);
    }
}
