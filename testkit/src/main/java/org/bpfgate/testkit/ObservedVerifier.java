package org.bpfgate.testkit;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bpfgate.hook.BpfProgFreeHook;
import org.bpfgate.hook.BpfProgLoadIntegrityHook;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.IntegrityReporter;
import org.bpfgate.hook.LsmId;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.program.BlobType;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.ProgramLoad;
import org.jspecify.annotations.Nullable;

/** Stands in a stack for a verifier, and notes what that reports, returns and throws. */
final class ObservedVerifier implements BpfProgLoadIntegrityHook, BpfProgFreeHook {
    private final BpfProgLoadIntegrityHook verifier;
    private final List<IntegrityReport> reports = new CopyOnWriteArrayList<>();
    private volatile @Nullable HookResult returned;
    private volatile @Nullable Throwable thrown;

    ObservedVerifier(BpfProgLoadIntegrityHook verifier) {
        this.verifier = verifier;
    }

    @Override
    public LsmId lsmId() {
        return verifier.lsmId();
    }

    @Override
    public Optional<BlobType<?>> programBlob() {
        return verifier.programBlob();
    }

    @Override
    public HookResult bpfProgLoadIntegrity(ProgramLoad load, IntegrityReporter reporter) {
        try {
            HookResult result = verifier.bpfProgLoadIntegrity(load, report -> {
                if (report != null) {
                    reports.add(report);
                }
                return reporter.bpfProgLoadPostIntegrity(report);
            });
            returned = result;
            return result;
        } catch (RuntimeException | Error e) {
            thrown = e;
            return HookResult.deny(Errno.EFAULT, "the verifier failed");
        }
    }

    @Override
    public void bpfProgFree(BpfProgram program) {
        if (verifier instanceof BpfProgFreeHook hook) {
            hook.bpfProgFree(program);
        }
    }

    List<IntegrityReport> reports() {
        return List.copyOf(reports);
    }

    @Nullable
    HookResult returned() {
        return returned;
    }

    void throwWhatWasThrown() {
        Throwable problem = thrown;
        if (problem instanceof RuntimeException e) {
            throw e;
        }
        if (problem instanceof Error e) {
            throw e;
        }
    }
}
