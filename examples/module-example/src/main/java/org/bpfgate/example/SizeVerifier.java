package org.bpfgate.example;

import org.bpfgate.hook.BpfProgLoadIntegrityHook;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.IntegrityReporter;
import org.bpfgate.hook.LsmId;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.program.ProgramLoad;

/**
 * Reports OK for small programs and UNEXPECTED for others; what follows from that is for a policy to say.
 *
 * @param limit the most instructions that an OK program has
 */
record SizeVerifier(int limit) implements BpfProgLoadIntegrityHook {
    @Override
    public LsmId lsmId() {
        return LsmId.named("size");
    }

    @Override
    public HookResult bpfProgLoadIntegrity(ProgramLoad load, IntegrityReporter reporter) {
        int count = load.program().instructions().count();
        IntegrityVerdict verdict = count <= limit ? IntegrityVerdict.OK : IntegrityVerdict.UNEXPECTED;
        return reporter.bpfProgLoadPostIntegrity(
                IntegrityReport.of(verdict, count + " instructions, and the limit is " + limit));
    }
}
