package org.bpfgate.framework.internal.dispatch;

import org.bpfgate.hook.BpfProgLoadPostIntegrityHook;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.program.ProgramLoad;

/** A policy that does something on each report and allows. */
public record OnReport(LsmId lsmId, Runnable work) implements BpfProgLoadPostIntegrityHook {
    public static OnReport doing(String name, Runnable work) {
        return new OnReport(LsmId.named(name), work);
    }

    @Override
    public HookResult bpfProgLoadPostIntegrity(ProgramLoad load, LsmId verifier, IntegrityReport report) {
        work.run();
        return HookResult.ALLOW;
    }
}
