package org.bpfgate.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bpfgate.hook.BpfProgLoadHook;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.LoadDecision;
import org.junit.jupiter.api.Test;

class TestStackTest {
    /**
     * A policy that fails.
     *
     * @param lsmId its name
     */
    private record Broken(LsmId lsmId) implements BpfProgLoadHook {
        @Override
        public HookResult bpfProgLoad(ProgramLoad load) {
            throw new IllegalStateException("broken");
        }
    }

    @Test
    void anEmptyStackAllows() {
        try (TestStack stack = TestStack.of()) {
            assertThat(stack.decide(LoadBuilder.load().build()).isAllow()).isTrue();
        }
    }

    @Test
    void modulesAreCalledInTheOrderGiven() {
        HookResult denial = HookResult.deny(Errno.EPERM, "no");
        try (TestStack stack = TestStack.of(
                FixedVerifier.reporting("second", IntegrityVerdict.UNSIGNED),
                FixedVerifier.reporting("first", IntegrityVerdict.OK),
                new AnsweringPolicy(denial))) {
            LoadDecision decision = stack.decide(LoadBuilder.load().build());
            assertThat(decision.reports()).singleElement().satisfies(entry -> {
                assertThat(entry.verifier()).hasToString("second");
                assertThat(entry.report().verdict()).isEqualTo(IntegrityVerdict.UNSIGNED);
            });
            assertThat(decision.result()).isSameAs(denial);
        }
    }

    @Test
    void aBrokenModuleDeniesAndItsFaultIsKeptAndRecorded() {
        try (TestStack stack = TestStack.of(new Broken(LsmId.named("broken")))) {
            LoadDecision decision = stack.decide(LoadBuilder.load().build());
            assertThat(decision.result().errno()).contains(Errno.EFAULT);
            assertThat(stack.faults()).singleElement().asString().startsWith("broken failed: ");
            assertThat(stack.audit().json()).singleElement().asString().contains("\"hook\":\"bpf_prog_load\"");
            stack.audit().setOpen(false);
            stack.decide(LoadBuilder.load().build());
            assertThat(stack.audit().records()).hasSize(1);
        }
    }

    @Test
    void twoModulesOfOneNameAreAMistake() {
        try (TestStack stack = TestStack.of(FixedVerifier.silent("one"))) {
            assertThatThrownBy(() -> stack.add(FixedVerifier.silent("one")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("one");
        }
    }

    @Test
    void aClosedStackDenies() {
        TestStack stack = TestStack.of();
        stack.close();
        assertThat(stack.decide(LoadBuilder.load().build()).isAllow()).isFalse();
    }
}
