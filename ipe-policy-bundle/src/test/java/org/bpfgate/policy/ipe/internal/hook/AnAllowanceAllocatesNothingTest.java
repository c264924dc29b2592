package org.bpfgate.policy.ipe.internal.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.policy.ipe.internal.event.BpfLoadContext;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.policy.ipe.internal.policy.TestPolicies;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

final class AnAllowanceAllocatesNothingTest {
    private static final int DECISIONS = 10_000;

    @Test
    void beyondTheBlob() {
        Assumptions.assumeTrue(
                ManagementFactory.getThreadMXBean() instanceof ThreadMXBean, "this JVM does not count allocations");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Policy policy = TestPolicies.of(
                "DEFAULT action=DENY",
                "op=BPF_PROG_LOAD dmverity_roothash=sha256:00 action=DENY",
                "op=BPF_PROG_LOAD bpf_signature=OK bpf_keyring=BUILTIN bpf_kernel=FALSE bpf_integrity=native:NONE"
                        + " boot_verified=FALSE action=ALLOW");
        ActivePolicy active = ActivePolicy.START.with(policy);
        BpfLoadContext load = new BpfLoadContext();
        decide(active, load);

        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < DECISIONS; i++) {
            decide(active, load);
        }

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(DECISIONS);
    }

    private static void decide(ActivePolicy active, BpfLoadContext load) {
        load.report("hornet", IntegrityVerdict.OK);
        if (!PolicyEvaluation.evaluate(active, load).isAllow()) {
            throw new AssertionError("not allowed");
        }
    }
}
