package org.bpfgate.framework.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bpfgate.framework.internal.audit.AuditLog;
import org.bpfgate.framework.internal.audit.Note;
import org.bpfgate.framework.internal.call.Watchdog;
import org.bpfgate.framework.internal.registry.StackOperator;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.LoadDecision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code StackAdmin.tryLoad} decides as the live stack, and nobody but the caller hears of it. */
class ADryRunLeavesNoTraceTest {
    private static final HookResult NO = HookResult.deny(Errno.EPERM, "no");

    private final TestStack stack = new TestStack();
    private final StackOperator operator =
            new StackOperator(stack.registry, stack.drain, StackOperator.ARRIVAL, stack.hooks.candidates());
    private final List<LoadDecision> heard = new ArrayList<>();

    private LoadDecision tryLoad() {
        stack.listeners.add((load, decision) -> heard.add(decision));
        int records = stack.audit.records.size();
        LoadDecision decision = operator.tryLoad(TestStack.load());
        assertThat(heard).isEmpty();
        assertThat(stack.audit.records).hasSize(records);
        assertThat(stack.live.count()).isZero();
        return decision;
    }

    @Test
    void itDecidesAsALoad() {
        stack.add(Policy.named("policy", () -> NO), 0);
        LoadDecision decision = tryLoad();
        assertThat(decision.result()).isEqualTo(NO);
        assertThat(decision.deniedBy())
                .hasValueSatisfying(lsm -> assertThat(lsm.name()).isEqualTo("policy"));
        assertThat(decision.stack()).isEqualTo(stack.hooks.stack());
    }

    @Test
    void itFreesAnotherProgramThanThatOfTheLoad() {
        List<String> log = new ArrayList<>();
        stack.add(new RecordingModule("module", log), 0);
        ProgramLoad load = TestStack.load();
        assertThat(operator.tryLoad(load).isAllow()).isTrue();
        assertThat(log).containsExactly("module.integrity", "module.post(module=OK)+", "module.load+", "module.free+");
        log.clear();
        assertThat(stack.hooks.bpfProgLoad(load).isAllow()).isTrue();
        assertThat(log).startsWith("module.integrity").doesNotContain("module.free+");
        assertThat(stack.live.count()).isEqualTo(1);
    }

    @Test
    void aDenialFreesOnce() {
        List<String> log = new ArrayList<>();
        RecordingModule module = new RecordingModule("module", log);
        module.load = NO;
        stack.add(module, 0);
        tryLoad();
        assertThat(log).containsOnlyOnce("module.free+");
    }

    @Test
    void faultsOfAModuleAreNotHeldAgainstIt() {
        stack.add(
                Policy.named("module", () -> {
                    throw new IllegalStateException("boom");
                }),
                0);
        assertThat(tryLoad().result().errno()).contains(Errno.EFAULT);
        assertThat(operator.health().getFirst().faultsInARow()).isZero();
        stack.hooks.bpfProgLoad(TestStack.load());
        assertThat(operator.health().getFirst().faultsInARow()).isEqualTo(1);
    }

    @Test
    void itDoesNotHealAModule() {
        List<HookResult> results = new ArrayList<>(List.of(HookResult.ALLOW));
        stack.add(Policy.named("module", () -> results.removeFirst()), 0);
        results.clear();
        stack.hooks.bpfProgLoad(TestStack.load());
        results.add(HookResult.ALLOW);
        assertThat(tryLoad().isAllow()).isTrue();
        assertThat(operator.health().getFirst().faultsInARow()).isEqualTo(1);
    }

    @Test
    void aModuleThatHangsIsDeniedAndNotFaulty() {
        long budget = 1_000_000;
        Gate gate = new Gate();
        stack.add(Policy.doing("module", gate::pass), 0);
        Gate.Elsewhere<LoadDecision> dryRun = Gate.Elsewhere.run(() -> operator.tryLoad(TestStack.load()));
        gate.awaitVisitor();
        Watchdog watchdog = new Watchdog(stack.inFlight, () -> Duration.ofNanos(budget));
        watchdog.look(0, budget);
        watchdog.look(budget, budget);
        gate.open();
        assertThat(dryRun.get().result().errno()).contains(Errno.ETIMEDOUT);
        assertThat(operator.health().getFirst().faultsInARow()).isZero();
        assertThat(stack.audit.records).isEmpty();
    }

    @Test
    void itDoesNotWaitForAMissingModule() {
        Duration day = Duration.ofDays(1);
        stack.configure(List.of(), List.of("absent"), day, day, day);
        LoadDecision decision = tryLoad();
        assertThat(decision.result().errno()).contains(Errno.EACCES);
        assertThat(decision.result().reason()).contains("absent");
    }

    @Test
    void whatAModuleRecordsMeanwhileIsDropped(@TempDir Path dir) throws Exception {
        Path file = dir.resolve("audit.jsonl");
        try (AuditLog log = new AuditLog()) {
            log.reopen(Map.of("file", file.toString(), "format", "JSON"));
            List<Boolean> open = new ArrayList<>();
            stack.add(
                    Policy.doing("module", () -> {
                        open.add(log.isOpen());
                        log.record(new Note("from a module"));
                    }),
                    0);
            tryLoad();
            assertThat(open).containsExactly(false);
            assertThat(log.lost()).isZero();
            stack.hooks.bpfProgLoad(TestStack.load());
            assertThat(log.flush(Gate.AT_MOST)).isTrue();
            assertThat(Files.readAllLines(file)).hasSize(1);
        }
    }
}
