package org.bpfgate.framework.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.program.AttachTarget;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.LoadAttributes;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.TypeRecords;
import org.bpfgate.stack.LoadDecision;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The error paths of {@code security_bpf_prog_load()}: which callbacks run, in which order, and which frees. */
class SeedErrorPathsTest {
    private static final HookResult DENY = HookResult.deny(Errno.EPERM, "told to");

    private final List<String> log = new ArrayList<>();
    private final RecordingModule a = new RecordingModule("a", log);
    private final RecordingModule b = new RecordingModule("b", log);
    private final TestStack stack = new TestStack();
    private final BpfProgram program = TestStack.program();

    @BeforeEach
    void registerBoth() {
        stack.add(a, 20);
        stack.add(b, 10);
    }

    private LoadDecision load() {
        return stack.hooks.bpfProgLoad(ProgramLoad.of(program));
    }

    @Test
    void anAllowedLoadRunsBothPhasesAndFreesNothing() {
        assertThat(load().isAllow()).isTrue();
        assertThat(log)
                .containsExactly(
                        "a.integrity",
                        "a.post(a=OK)+",
                        "b.post(a=OK)",
                        "b.integrity+",
                        "a.post(b=OK)+",
                        "b.post(b=OK)+",
                        "a.load+",
                        "b.load+");
    }

    @Test
    void aDenialInTheIntegrityPhaseSkipsTheLaterVerifiersAndThePolicyPhase() {
        a.integrity = DENY;
        LoadDecision decision = load();
        assertThat(decision.result()).isSameAs(DENY);
        assertThat(decision.deniedBy()).contains(a.lsmId());
        assertThat(log).containsExactly("a.integrity", "a.post(a=OK)+", "b.post(a=OK)", "a.free+", "b.free+");
    }

    @Test
    void aLoadThatTheKernelWouldRewriteIsDeniedBeforeAnybodyVouchesForIt() {
        LoadAttributes relocated = new LoadAttributes("", 0, 0, 0, 0, 0, AttachTarget.NONE, new TypeRecords(1, 0, 1));
        LoadDecision decision = stack.hooks.bpfProgLoad(ProgramLoad.of(program).withAttributes(relocated));
        assertThat(decision.result().errno()).contains(Errno.EACCES);
        assertThat(decision.result().reason())
                .contains("1 CO-RE relocation records")
                .contains("in user space");
        assertThat(decision.deniedBy()).isEmpty();
        assertThat(decision.reports()).isEmpty();
        assertThat(log).containsExactly("a.free", "b.free");
    }

    @Test
    void aPolicyThatFailsFastEndsTheLoadUnderItsOwnName() {
        b.postIntegrity = DENY;
        LoadDecision decision = load();
        assertThat(decision.result()).isSameAs(DENY);
        assertThat(decision.deniedBy()).contains(b.lsmId());
        assertThat(log).containsExactly("a.integrity", "a.post(a=OK)+", "b.post(a=OK)", "a.free+", "b.free+");
    }

    @Test
    void aDenialInThePolicyPhaseStopsTheWalkAndFrees() {
        a.load = DENY;
        assertThat(load().deniedBy()).contains(a.lsmId());
        assertThat(log).endsWith("a.load+", "a.free+", "b.free+").doesNotContain("b.load+");
    }

    @Test
    void theCallersOwnFreeAfterADenialDoesNothing() {
        a.load = DENY;
        load();
        int callbacks = log.size();
        stack.hooks.bpfProgFree(program);
        assertThat(log).hasSize(callbacks);
    }

    @Test
    void aFreeIsDoneOnceAndDropsTheBlobs() {
        load();
        stack.hooks.bpfProgFree(program);
        stack.hooks.bpfProgFree(program);
        assertThat(log).filteredOn(entry -> entry.contains("free")).containsExactly("a.free+", "b.free+");
        assertThatThrownBy(() -> program.blob(a.blob)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void withoutMemoryForABlobNoCallbackRunsNotEvenFree() {
        b.blobFails = true;
        LoadDecision decision = load();
        assertThat(decision.result().errno()).contains(Errno.ENOMEM);
        stack.hooks.bpfProgFree(program);
        assertThat(log).isEmpty();
    }
}
