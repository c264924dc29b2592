package org.bpfgate.policy.ipe.internal.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.bpfgate.hook.HookResult;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.Signer;
import org.bpfgate.policy.ipe.internal.event.BpfLoadContext;
import org.bpfgate.policy.ipe.internal.policy.Code;
import org.bpfgate.policy.ipe.internal.policy.TestClient;
import org.bpfgate.policy.ipe.internal.service.PolicyFile;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.LoadClient;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The files in {@code examples/policies}, each asked about what it is to let in and about what it is not. */
final class TheExamplePoliciesGrantTheWishesTest {
    private static final String BUILD_KEY = "3c2050867456a4f9142d2c46da7e9be27c007f665abce8434a7c5e3fe162d722";
    private static final String BPFTRACE = "1".repeat(64);
    private static final String OTHER = "2".repeat(64);
    private static final int TRACE_PRINTK = 6;
    private static final int PROBE_WRITE_USER = 36;
    private static final LoadClient SERVICE = new TestClient(0, Optional.empty(), Optional.of("packet-filter.service"));
    private static final LoadClient ELSEWHERE = new TestClient(0, Optional.empty(), Optional.of("other.service"));
    private static final LoadClient ROOTS_BPFTRACE = new TestClient(0, Optional.of(BPFTRACE), Optional.empty());

    @ParameterizedTest
    @EnumSource(names = {"XDP", "SCHED_CLS", "CGROUP_SKB"})
    void signedByTheBuildKeyNetworkTypesOnlyFromOneService(ProgramType type) throws Exception {
        assertThat(network(load(type, SERVICE), IntegrityVerdict.OK, BUILD_KEY)).isTrue();
        assertThat(network(load(type, ELSEWHERE), IntegrityVerdict.OK, BUILD_KEY))
                .isFalse();
        assertThat(network(load(type, SERVICE), IntegrityVerdict.OK, OTHER)).isFalse();
        assertThat(network(load(type, SERVICE), IntegrityVerdict.PARTIALSIG, BUILD_KEY))
                .isFalse();
        assertThat(network(load(ProgramType.KPROBE, SERVICE), IntegrityVerdict.OK, BUILD_KEY))
                .isFalse();
        assertThat(network(ProgramLoad.of(program(type, TRACE_PRINTK)), IntegrityVerdict.OK, BUILD_KEY))
                .isFalse();
    }

    @Test
    void theServicesProbesPass() throws Exception {
        ProgramLoad probe = load(ProgramType.SOCKET_FILTER, SERVICE).withProbe("prog_name");

        assertThat(decide("network-by-build-key.ipe", probe, IntegrityVerdict.UNSIGNED, null))
                .isTrue();
        assertThat(decide("network-by-build-key.ipe", probe.withClient(ELSEWHERE), IntegrityVerdict.UNSIGNED, null))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"KPROBE", "TRACEPOINT", "RAW_TRACEPOINT", "PERF_EVENT", "TRACING"})
    void bpftraceMayLoadUnsignedTracingProgramsForRoot(ProgramType type) throws Exception {
        assertThat(bpftrace(load(type, ROOTS_BPFTRACE))).isTrue();
        assertThat(bpftrace(load(type, new TestClient(1000, Optional.of(BPFTRACE), Optional.empty()))))
                .isFalse();
        assertThat(bpftrace(load(type, new TestClient(0, Optional.of(OTHER), Optional.empty()))))
                .isFalse();
        assertThat(bpftrace(load(type, SERVICE))).isFalse();
        assertThat(bpftrace(load(ProgramType.XDP, ROOTS_BPFTRACE))).isFalse();
        assertThat(bpftrace(ProgramLoad.of(program(type, PROBE_WRITE_USER)).withClient(ROOTS_BPFTRACE)))
                .isFalse();
    }

    @Test
    void nothingMayCallProbeWriteUser() throws Exception {
        ProgramLoad calling = ProgramLoad.of(program(ProgramType.KPROBE, PROBE_WRITE_USER));
        ProgramLoad other = ProgramLoad.of(program(ProgramType.KPROBE, TRACE_PRINTK));

        assertThat(decide("no-probe-write-user.ipe", calling, IntegrityVerdict.OK, BUILD_KEY))
                .isFalse();
        assertThat(decide("no-probe-write-user.ipe", calling.withClient(ROOTS_BPFTRACE), IntegrityVerdict.OK, null))
                .isFalse();
        assertThat(decide("no-probe-write-user.ipe", other, IntegrityVerdict.UNSIGNED, null))
                .isTrue();
    }

    private static boolean network(ProgramLoad load, IntegrityVerdict hornet, String signer) throws Exception {
        return decide("network-by-build-key.ipe", load, hornet, signer);
    }

    private static boolean bpftrace(ProgramLoad load) throws Exception {
        return decide("bpftrace-for-root.ipe", load, IntegrityVerdict.UNSIGNED, null);
    }

    private static boolean decide(String file, ProgramLoad load, IntegrityVerdict hornet, @Nullable String signer)
            throws Exception {
        BpfLoadContext context = new BpfLoadContext();
        IntegrityReport report = IntegrityReport.of(hornet, "");
        context.report("hornet", signer == null ? report : report.withSigner(new Signer(signer, ""), "SHA-256"));
        context.describe(load);
        Path policy = Path.of("..", "examples", "policies", file);
        HookResult result =
                PolicyEvaluation.evaluate(ActivePolicy.START.with(PolicyFile.read(policy.toString(), null)), context);
        assertThat(result.basis()).isPresent();
        return result.isAllow();
    }

    private static ProgramLoad load(ProgramType type, LoadClient client) {
        return ProgramLoad.of(program(type, TRACE_PRINTK)).withClient(client);
    }

    private static BpfProgram program(ProgramType type, int helper) {
        return new BpfProgram("p", type, Instructions.of(Code.callHelper(helper)));
    }
}
