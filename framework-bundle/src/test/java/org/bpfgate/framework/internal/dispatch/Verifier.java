package org.bpfgate.framework.internal.dispatch;

import java.util.function.Function;
import org.bpfgate.hook.BpfProgLoadIntegrityHook;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.IntegrityReporter;
import org.bpfgate.hook.LsmId;
import org.bpfgate.program.ProgramLoad;

/** A verifier that is one piece of code. */
public record Verifier(LsmId lsmId, Function<IntegrityReporter, HookResult> verify)
        implements BpfProgLoadIntegrityHook {
    public static Verifier named(String name, Function<IntegrityReporter, HookResult> verify) {
        return new Verifier(LsmId.named(name), verify);
    }

    @Override
    public HookResult bpfProgLoadIntegrity(ProgramLoad load, IntegrityReporter reporter) {
        return verify.apply(reporter);
    }
}
