package org.bpfgate.policy.ipe.internal.hook;

import java.util.Optional;
import org.bpfgate.hook.BpfProgLoadHook;
import org.bpfgate.hook.BpfProgLoadPostIntegrityHook;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.policy.ipe.internal.event.BpfLoadContext;
import org.bpfgate.program.BlobType;
import org.bpfgate.program.ProgramLoad;

/**
 * The policy module: stores every verdict in the program's blob, then decides with all of them.
 *
 * <p>Without a policy it denies every load, where the kernel's module would allow every one: this gate never fails open.
 */
public final class IpeModule implements BpfProgLoadPostIntegrityHook, BpfProgLoadHook {
    /** The name and number of the module that every installation has, {@code LSM_ID_IPE} of {@code include/uapi/linux/lsm.h}. */
    public static final LsmId IPE = new LsmId("ipe", 113);

    private final LsmId id;
    private final BlobType<BpfLoadContext> blob = BlobType.of(BpfLoadContext.class, BpfLoadContext::new);
    private final AccessAudit audit;
    private volatile ActivePolicy active = ActivePolicy.START;

    /** Makes a module without a policy. */
    public IpeModule(LsmId id, AccessAudit audit) {
        this.id = id;
        this.audit = audit;
    }

    /** Returns what the module decides by. */
    public ActivePolicy active() {
        return active;
    }

    /** Decides by something else from now on. Loads that are being decided keep what they began with. */
    public void follow(ActivePolicy next) {
        active = next;
    }

    @Override
    public LsmId lsmId() {
        return id;
    }

    @Override
    public Optional<BlobType<?>> programBlob() {
        return Optional.of(blob);
    }

    @Override
    public HookResult bpfProgLoadPostIntegrity(ProgramLoad load, LsmId verifier, IntegrityReport report) {
        load.program().blob(blob).report(verifier.name(), report);
        return HookResult.ALLOW;
    }

    @Override
    public HookResult bpfProgLoad(ProgramLoad load) {
        return active.decide(load, load.program().blob(blob), audit);
    }
}
