package org.bpfgate.itests.modules;

import org.bpfgate.hook.BpfProgLoadIntegrityHook;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.IntegrityReporter;
import org.bpfgate.hook.LsmId;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.program.ProgramLoad;

/** Finds programs with an even number of instructions OK, and others UNEXPECTED. */
record EvenVerifier(LsmId lsmId, Runnable call) implements BpfProgLoadIntegrityHook {
    private static final IntegrityReport EVEN = IntegrityReport.of(IntegrityVerdict.OK, "an even number");
    private static final IntegrityReport ODD = IntegrityReport.of(IntegrityVerdict.UNEXPECTED, "an odd number");

    @Override
    public HookResult bpfProgLoadIntegrity(ProgramLoad load, IntegrityReporter reporter) {
        call.run();
        boolean even = load.program().instructions().count() % 2 == 0;
        return reporter.bpfProgLoadPostIntegrity(even ? EVEN : ODD);
    }
}
