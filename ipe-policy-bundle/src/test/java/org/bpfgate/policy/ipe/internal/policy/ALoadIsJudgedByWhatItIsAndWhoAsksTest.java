package org.bpfgate.policy.ipe.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bpfgate.integrity.Coverage;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.Signer;
import org.bpfgate.policy.ipe.internal.event.BpfLoadContext;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.LoadOrigin;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.program.RelocationState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ALoadIsJudgedByWhatItIsAndWhoAsksTest {
    private static final String KEY = "ab".repeat(32);
    private static final String EXE = "cd".repeat(32);
    private static final Instructions CODE = Instructions.of(Code.callHelper(36));
    private static final ProgramLoad LOAD = ProgramLoad.of(
                    new BpfProgram("a_name_longer_than_15", ProgramType.SCHED_CLS, CODE))
            .withAttachType(46)
            .withProbe("probe")
            .withTrial()
            .withClient(new TestClient(4_000_000_000L, Optional.of(EXE), Optional.of("a.service")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bpf_prog_type=sched_cls",
                "bpf_attach_type=tcx_ingress",
                "bpf_name=a_name_longer_t",
                "bpf_digest=sha256:CODE",
                "bpf_helper=bpf_probe_write_user",
                "bpf_helper=!bpf_loop",
                "bpf_kfunc=!bpf_obj_new_impl",
                "bpf_signer=sha256:KEY",
                "bpf_client_uid=4000000000",
                "bpf_client_exe=sha256:EXE",
                "bpf_client_unit=a.service",
                "bpf_probe=TRUE",
                "bpf_trial=TRUE",
                "bpf_kernel=FALSE"
            })
    void whatIsSoHolds(String word) {
        assertThat(holds(word, signedLoad())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bpf_prog_type=xdp",
                "bpf_attach_type=tcx_egress",
                "bpf_name=a_name",
                "bpf_digest=sha256:KEY",
                "bpf_helper=!bpf_probe_write_user",
                "bpf_helper=bpf_loop",
                "bpf_kfunc=bpf_obj_new_impl",
                "bpf_signer=sha256:EXE",
                "bpf_client_uid=0",
                "bpf_client_exe=sha256:KEY",
                "bpf_client_unit=b.service",
                "bpf_probe=FALSE",
                "bpf_trial=FALSE",
                "bpf_kernel=TRUE"
            })
    void whatIsNotSoDoesNot(String word) {
        assertThat(holds(word, signedLoad())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bpf_prog_type=unspec",
                "bpf_attach_type=cgroup_inet_ingress",
                "bpf_digest=sha256:CODE",
                "bpf_helper=bpf_loop",
                "bpf_helper=!bpf_loop",
                "bpf_kfunc=bpf_obj_new_impl",
                "bpf_kfunc=!bpf_obj_new_impl",
                "bpf_signer=sha256:KEY",
                "bpf_client_uid=0",
                "bpf_client_exe=sha256:EXE",
                "bpf_client_unit=a.service",
                "bpf_probe=TRUE",
                "bpf_trial=TRUE"
            })
    void ofAnEventThatIsNoLoadNothingHolds(String word) {
        assertThat(holds(word, new BpfLoadContext())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bpf_client_uid=0", "bpf_client_exe=sha256:EXE", "bpf_client_unit=a.service"})
    void nothingHoldsOfARequesterThatIsNotKnown(String word) {
        BpfLoadContext load = new BpfLoadContext();
        load.describe(ProgramLoad.of(LOAD.program()).withOrigin(LoadOrigin.KERNEL));

        assertThat(holds(word, load)).isFalse();
    }

    @Test
    void aDigestThatIsNotKnownYetEqualsNone() {
        BpfLoadContext load = new BpfLoadContext();
        Instructions pending = Instructions.unlinked(CODE.toByteArray(), RelocationState.PENDING, "CO-RE");
        load.describe(ProgramLoad.of(new BpfProgram("", ProgramType.XDP, pending)));

        assertThat(holds("bpf_digest=sha256:CODE", load)).isFalse();
    }

    @Test
    void aSignerCountsWhenAVerifierVouchesForIt() {
        for (IntegrityVerdict verdict : IntegrityVerdict.values()) {
            BpfLoadContext load = new BpfLoadContext();
            load.report("hornet", IntegrityVerdict.OK);
            load.report("native", signed(verdict, KEY));

            assertThat(holds("bpf_signer=sha256:KEY", load))
                    .as("%s", verdict)
                    .isEqualTo(verdict == IntegrityVerdict.OK || verdict == IntegrityVerdict.PARTIALSIG);
        }
    }

    @Test
    void oneOfSeveralSignersIsEnough() {
        BpfLoadContext load = new BpfLoadContext();
        load.report("hornet", signed(IntegrityVerdict.OK, EXE));
        load.report("allowlist", IntegrityVerdict.UNSIGNED);
        load.report("native", signed(IntegrityVerdict.OK, KEY));

        assertThat(holds("bpf_signer=sha256:KEY", load)).isTrue();
        assertThat(holds("bpf_signer=sha256:EXE", load)).isTrue();
        assertThat(load.signer(2)).isNull();
    }

    @Test
    void everySignerOfOneMessageCounts() {
        BpfLoadContext load = new BpfLoadContext();
        load.report(
                "hornet",
                report(IntegrityVerdict.OK).withSigners(List.of(new Signer(EXE, ""), new Signer(KEY, "")), "SHA-256"));

        assertThat(holds("bpf_signer=sha256:KEY", load)).isTrue();
        assertThat(holds("bpf_signer=sha256:EXE", load)).isTrue();
        assertThat(load.signer(2)).isNull();
    }

    /** Signed, matched and immutable maps; whether all that are vouched for are immutable. */
    @ParameterizedTest
    @CsvSource({
        "OK, 0, 0, 0, true",
        "OK, 1, 1, 1, true",
        "OK, 1, 1, 0, false",
        "OK, 2, 2, 1, false",
        "OK, 2, 1, 1, false",
        "PARTIALSIG, 1, 1, 0, false",
        "BADSIG, 1, 1, 0, true",
        "FAULT, 1, 1, 0, true"
    })
    void mapsAreImmutableWhenAllThatAreVouchedForAre(
            IntegrityVerdict verdict, int signed, int matched, int immutable, boolean expected) {
        BpfLoadContext load = new BpfLoadContext();
        load.report("hornet", report(verdict).withCoverage(maps(signed, matched, immutable)));
        load.report("native", report(IntegrityVerdict.OK).withCoverage(maps(1, 1, 1)));
        load.report("allowlist", IntegrityVerdict.OK);

        assertThat(holds("bpf_maps_immutable=TRUE", load)).isEqualTo(expected);
        assertThat(holds("bpf_maps_immutable=FALSE", load)).isEqualTo(!expected);
    }

    @Test
    void aVerifierThatDoesNotAskWhoCanWriteVouchesForNoImmutableMap() {
        BpfLoadContext load = new BpfLoadContext();
        load.report(
                "other",
                report(IntegrityVerdict.OK).withCoverage(new Coverage(Coverage.Extent.INSTRUCTIONS_AND_MAPS, 1, 1)));

        assertThat(holds("bpf_maps_immutable=TRUE", load)).isFalse();
    }

    private static Coverage maps(int signed, int matched, int immutable) {
        return new Coverage(Coverage.Extent.INSTRUCTIONS_AND_MAPS, signed, matched, immutable);
    }

    private static IntegrityReport report(IntegrityVerdict verdict) {
        return verdict == IntegrityVerdict.NONE
                ? IntegrityReport.of(IntegrityVerdict.UNSIGNED, "")
                : IntegrityReport.of(verdict, "");
    }

    private static IntegrityReport signed(IntegrityVerdict verdict, String certificate) {
        return report(verdict).withSigner(new Signer(certificate, ""), "SHA-256");
    }

    private static BpfLoadContext signedLoad() {
        BpfLoadContext load = new BpfLoadContext();
        load.report("hornet", signed(IntegrityVerdict.OK, KEY));
        load.describe(LOAD);
        return load;
    }

    private static boolean holds(String word, BpfLoadContext load) {
        String code = CODE.digest().orElseThrow().hex();
        String said = word.replace("KEY", KEY).replace("EXE", EXE).replace("CODE", code);
        Policy policy = TestPolicies.of("DEFAULT action=DENY", "op=BPF_PROG_LOAD " + said + " action=ALLOW");
        return Objects.requireNonNull(policy.decide(load)).allows();
    }
}
