package org.bpfgate.testkit;

import org.bpfgate.hook.BpfProgLoadPostIntegrityHook;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.program.ProgramLoad;

/**
 * A policy that says the same to every report.
 *
 * @param answer what it says
 */
record AnsweringPolicy(HookResult answer) implements BpfProgLoadPostIntegrityHook {
    @Override
    public LsmId lsmId() {
        return LsmId.named("answering-test-policy");
    }

    @Override
    public HookResult bpfProgLoadPostIntegrity(ProgramLoad load, LsmId verifier, IntegrityReport report) {
        return answer;
    }
}
