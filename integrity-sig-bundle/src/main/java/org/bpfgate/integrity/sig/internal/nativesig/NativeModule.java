package org.bpfgate.integrity.sig.internal.nativesig;

import java.util.function.Supplier;
import org.bpfgate.hook.BpfProgLoadIntegrityHook;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.IntegrityReporter;
import org.bpfgate.hook.LsmId;
import org.bpfgate.integrity.sig.internal.keyring.Trust;
import org.bpfgate.integrity.sig.internal.load.LoadCache;
import org.bpfgate.program.ProgramLoad;

/**
 * {@code bpf_prog_verify_signature()} as a security module: reports what the kernel's own check would come to, and never
 * denies a load itself. Safe for use by several threads.
 */
public final class NativeModule implements BpfProgLoadIntegrityHook {
    private static final LsmId ID = LsmId.named("native");

    private final LoadCache<ContractFinding> cache = new LoadCache<>();
    private final Supplier<Trust> trust;

    /** A module that asks once per load whom to trust. */
    public NativeModule(Supplier<Trust> trust) {
        this.trust = trust;
    }

    @Override
    public LsmId lsmId() {
        return ID;
    }

    @Override
    public HookResult bpfProgLoadIntegrity(ProgramLoad load, IntegrityReporter reporter) {
        return reporter.bpfProgLoadPostIntegrity(new NativeVerifier(trust.get(), cache).verify(load));
    }
}
