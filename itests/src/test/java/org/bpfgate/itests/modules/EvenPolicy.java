package org.bpfgate.itests.modules;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bpfgate.hook.BpfProgLoadHook;
import org.bpfgate.hook.BpfProgLoadPostIntegrityHook;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.program.BlobType;
import org.bpfgate.program.ProgramLoad;

/** Lets a program in that the verifier {@code even} finds OK; remembers the verdict in a blob between the phases. */
final class EvenPolicy implements BpfProgLoadPostIntegrityHook, BpfProgLoadHook {
    private static final String BELIEVED = "even";
    private static final HookResult DENIAL = HookResult.deny(Errno.EACCES, BELIEVED + " did not find the program OK");

    private final BlobType<AtomicBoolean> verdict = BlobType.of(AtomicBoolean.class, AtomicBoolean::new);
    private final LsmId lsm;
    private final Runnable call;

    EvenPolicy(LsmId lsm, Runnable call) {
        this.lsm = lsm;
        this.call = call;
    }

    @Override
    public LsmId lsmId() {
        return lsm;
    }

    @Override
    public Optional<BlobType<?>> programBlob() {
        return Optional.of(verdict);
    }

    @Override
    public HookResult bpfProgLoadPostIntegrity(ProgramLoad load, LsmId verifier, IntegrityReport report) {
        if (verifier.name().equals(BELIEVED) && report.verdict() == IntegrityVerdict.OK) {
            load.program().blob(verdict).set(true);
        }
        return HookResult.ALLOW;
    }

    @Override
    public HookResult bpfProgLoad(ProgramLoad load) {
        call.run();
        return load.program().blob(verdict).get() ? HookResult.ALLOW : DENIAL;
    }
}
