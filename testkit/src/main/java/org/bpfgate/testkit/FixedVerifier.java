package org.bpfgate.testkit;

import org.bpfgate.hook.BpfProgLoadIntegrityHook;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.IntegrityReporter;
import org.bpfgate.hook.LsmId;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.program.ProgramLoad;
import org.jspecify.annotations.Nullable;

/** A verifier that says the same of every load, for tests of policies. Immutable. */
public final class FixedVerifier implements BpfProgLoadIntegrityHook {
    private final LsmId id;
    private final @Nullable IntegrityReport report;

    private FixedVerifier(LsmId id, @Nullable IntegrityReport report) {
        this.id = id;
        this.report = report;
    }

    /** A verifier that reports one verdict on each load. */
    public static FixedVerifier reporting(String name, IntegrityVerdict verdict) {
        return reporting(name, IntegrityReport.of(verdict, "a test wants it so"));
    }

    /** A verifier that makes one report on each load. */
    public static FixedVerifier reporting(String name, IntegrityReport report) {
        return new FixedVerifier(LsmId.named(name), report);
    }

    /** A verifier that has nothing to say about any load. */
    public static FixedVerifier silent(String name) {
        return new FixedVerifier(LsmId.named(name), null);
    }

    @Override
    public LsmId lsmId() {
        return id;
    }

    @Override
    public HookResult bpfProgLoadIntegrity(ProgramLoad load, IntegrityReporter reporter) {
        return report == null ? HookResult.ALLOW : reporter.bpfProgLoadPostIntegrity(report);
    }
}
