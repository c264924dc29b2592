package org.bpfgate.integrity.hash.internal.list;

import java.time.Instant;
import org.bpfgate.hook.BpfProgLoadIntegrityHook;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.IntegrityReporter;
import org.bpfgate.hook.LsmId;
import org.bpfgate.program.ProgramLoad;
import org.jspecify.annotations.Nullable;

/**
 * The security module {@code allowlist}. A load is judged by the lists that are in use when its turn comes, and by no others,
 * even when they are replaced meanwhile.
 */
public final class AllowlistModule implements BpfProgLoadIntegrityHook {
    /** The PID of the configuration and the name of the log. */
    public static final String PID = "org.bpfgate.allowlist";

    private static final LsmId ID = LsmId.named("allowlist");

    private volatile @Nullable AllowlistSet lists;

    /**
     * Replaces the lists for all loads whose turn is still to come.
     *
     * @param replacement the lists; null when none is configured
     */
    public void use(@Nullable AllowlistSet replacement) {
        lists = replacement;
    }

    @Override
    public LsmId lsmId() {
        return ID;
    }

    /** Reports what the lists say; without any list configured it reports nothing and allows. */
    @Override
    public HookResult bpfProgLoadIntegrity(ProgramLoad load, IntegrityReporter reporter) {
        AllowlistSet current = lists;
        return current == null
                ? HookResult.ALLOW
                : reporter.bpfProgLoadPostIntegrity(AllowlistEvaluation.of(load, current, Instant.now()));
    }
}
