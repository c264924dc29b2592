package org.bpfgate.policy.ipe.internal.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import org.bpfgate.policy.ipe.internal.policy.Code;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.RelocationState;
import org.junit.jupiter.api.Test;

final class WhatAProgramCallsTest {
    private static final int HELPER = 0;
    private static final int OWN = 1;
    private static final int KERNEL = 2;
    private static final KernelFunctions FUNCTIONS = id -> id == 7 ? "bpf_seven" : null;

    @Test
    void aHelperByItsNumber() {
        ProgramCalls calls = calls(HELPER, 0, 36);

        assertThat(calls.callsHelper(36)).isTrue();
        assertThat(calls.callsHelper(35)).isFalse();
        assertThat(calls.mayCallFunction("bpf_seven")).isFalse();
    }

    @Test
    void aNumberThatNoHelperHasIsNone() {
        assertThat(calls(HELPER, 0, -1).callsHelper(36)).isFalse();
    }

    @Test
    void aKfuncByItsName() {
        ProgramCalls calls = calls(KERNEL, 0, 7);

        assertThat(calls.mayCallFunction("bpf_seven")).isTrue();
        assertThat(calls.mayCallFunction("bpf_eight")).isFalse();
        assertThat(calls.callsHelper(7)).isFalse();
    }

    @Test
    void aKfuncThatHasNoNameMayBeAny() {
        assertThat(calls(KERNEL, 0, 8).mayCallFunction("bpf_seven")).isTrue();
    }

    @Test
    void aKfuncOfAModuleMayBeAny() {
        assertThat(calls(KERNEL, 1, 7).mayCallFunction("bpf_eight")).isTrue();
    }

    @Test
    void aCallThatALoaderFillsInMayBeAny() {
        Instructions pending = Instructions.unlinked(Code.call(OWN, 0, -1), RelocationState.PENDING, "kernel symbols");

        assertThat(ProgramCalls.of(pending, FUNCTIONS).mayCallFunction("bpf_seven"))
                .isTrue();
    }

    @Test
    void aCallInsideTheProgramIsNone() {
        Instructions pending = Instructions.unlinked(Code.call(OWN, 0, 1), RelocationState.PENDING, "CO-RE");

        assertThat(ProgramCalls.of(pending, FUNCTIONS).mayCallFunction("bpf_seven"))
                .isFalse();
        assertThat(calls(OWN, 0, -1).mayCallFunction("bpf_seven")).isFalse();
    }

    private static ProgramCalls calls(int source, int offset, int target) {
        return ProgramCalls.of(Instructions.of(Code.call(source, offset, target)), FUNCTIONS);
    }
}
