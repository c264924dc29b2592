package org.bpfgate.framework.internal.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfgate.framework.internal.stack.ModuleRecord;
import org.bpfgate.hook.BpfProgLoadIntegrityHook;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.IntegrityReporter;
import org.bpfgate.hook.LsmId;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.LoadDecision;
import org.jspecify.annotations.Nullable;

/** The way of one load: both phases of {@code security_bpf_prog_load()}, and the reports in between. */
public abstract sealed class LoadCall extends HookCall permits LiveLoadCall, DryRunCall {
    final ProgramLoad load;

    /**
     * Replaced, never changed, so that the watchdog can take it at any moment. Null for none: a volatile write in each
     * constructor would cost each load a fence.
     */
    private volatile @Nullable List<LoadDecision.Report> reports;

    LoadCall(ProgramLoad load) {
        this.load = load;
    }

    /**
     * Runs the integrity phase and, when nobody denied, the policy phase. No module is asked about a load of
     * which the modules see something else than what would run.
     */
    public final void run() {
        Optional<String> evasion = load.attributes().evasion();
        if (evasion.isPresent()) {
            settle(null, HookResult.deny(Errno.EACCES, evasion.get()));
            return;
        }
        callInt(generation().bpfProgLoadIntegrity, this::verify);
        callInt(generation().bpfProgLoad, (hook, owner) -> hook.bpfProgLoad(load));
    }

    public final ProgramLoad load() {
        return load;
    }

    public final LoadDecision decision() {
        return decision(result(), decidedBy());
    }

    final LoadDecision decision(HookResult how, @Nullable LsmId by) {
        List<LoadDecision.Report> made = reports;
        if (made == null && how == HookResult.ALLOW && by == null) {
            return generation().plainAllowance;
        }
        return new LoadDecision(generation().stack, made == null ? List.of() : made, how, by);
    }

    private @Nullable HookResult verify(BpfProgLoadIntegrityHook hook, ModuleRecord verifier) {
        Reporter reporter = new Reporter(verifier);
        HookResult returned = hook.bpfProgLoadIntegrity(load, reporter);
        reporter.turn = false;
        return result().isAllow() ? returned : result();
    }

    private void add(LoadDecision.Report report) {
        List<LoadDecision.Report> made = reports;
        List<LoadDecision.Report> more = made == null ? new ArrayList<>() : new ArrayList<>(made);
        more.add(report);
        reports = List.copyOf(more);
    }

    /** What one verifier reports with, once and during its own callback only. */
    private final class Reporter implements IntegrityReporter {
        private final ModuleRecord verifier;
        private final Thread thread = Thread.currentThread();
        private boolean turn = true;

        Reporter(ModuleRecord verifier) {
            this.verifier = verifier;
        }

        @Override
        public HookResult bpfProgLoadPostIntegrity(IntegrityReport report) {
            if (thread != Thread.currentThread() || !turn) {
                return violation("reported more than once, or outside its turn");
            }
            turn = false;
            if (report == null) {
                return violation("reported null");
            }
            HookResult end = outcome();
            if (end != null) {
                // Too late: the decision was made, and told, without this report.
                return end;
            }
            add(new LoadDecision.Report(verifier.lsm, report));
            callInt(
                    generation().bpfProgLoadPostIntegrity,
                    (hook, owner) -> hook.bpfProgLoadPostIntegrity(load, verifier.lsm, report));
            return result();
        }

        /** On another thread the call's state is not to be touched: there the refusal is all that can be done. */
        private HookResult violation(String how) {
            if (thread != Thread.currentThread()) {
                failedLate(verifier, how, null);
                return HookResult.deny(Errno.EINVAL, "module " + verifier.lsm + " " + how);
            }
            HookResult denial = fault(verifier, Errno.EINVAL, how, null);
            settle(verifier.lsm, denial);
            return denial;
        }
    }
}
