package org.bpfgate.hook.internal;

import java.util.ArrayList;
import java.util.List;
import org.bpfgate.hook.BpfProgLoadIntegrityHook;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.IntegrityReporter;
import org.bpfgate.hook.LoadDecision;
import org.bpfgate.hook.LsmId;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.program.ProgramLoad;
import org.jspecify.annotations.Nullable;

/**
 * The way of one load through one generation, on one thread: both phases of {@code security_bpf_prog_load()}, and the reports
 * in between.
 */
final class LoadWalk {
    private final Generation generation;
    private final ProgramLoad load;
    private final List<LoadDecision.Report> reports = new ArrayList<>(2);
    private HookResult result = HookResult.ALLOW;
    private @Nullable LsmId decidedBy;

    LoadWalk(Generation generation, ProgramLoad load) {
        this.generation = generation;
        this.load = load;
    }

    /** Runs the integrity phase and, when nobody denied, the policy phase. */
    LoadDecision run() {
        generation.bpfProgLoadIntegrity.callInt(this::verify, this::settle);
        if (result.isAllow()) {
            generation.bpfProgLoad.callInt((hook, owner) -> hook.bpfProgLoad(load), this::settle);
        }
        return new LoadDecision(generation.stack, reports, result, decidedBy);
    }

    /** A denial is final, whoever takes it back: a verifier that swallows a policy's refusal changes nothing. */
    private void settle(LsmId owner, HookResult returned) {
        if (result.isAllow() && (!returned.isAllow() || returned.basis().isPresent())) {
            result = returned;
            decidedBy = owner;
        }
    }

    private HookResult verify(BpfProgLoadIntegrityHook hook, LsmId verifier) {
        Reporter reporter = new Reporter(verifier);
        HookResult returned = hook.bpfProgLoadIntegrity(load, reporter);
        reporter.turn = false;
        return result.isAllow() ? returned : result;
    }

    /** What one verifier reports with, once and during its own callback only. */
    private final class Reporter implements IntegrityReporter {
        private final LsmId verifier;
        private boolean turn = true;

        Reporter(LsmId verifier) {
            this.verifier = verifier;
        }

        @Override
        public HookResult bpfProgLoadPostIntegrity(IntegrityReport report) {
            if (!turn) {
                HookResult violation = HookResult.deny(
                        Errno.EINVAL, "module " + verifier + " reported more than once, or outside its turn");
                settle(verifier, violation);
                return violation;
            }
            turn = false;
            reports.add(new LoadDecision.Report(verifier, report));
            generation.bpfProgLoadPostIntegrity.callInt(
                    (hook, owner) -> hook.bpfProgLoadPostIntegrity(load, verifier, report), LoadWalk.this::settle);
            return result;
        }
    }
}
