package org.bpfgate.integrity.sig.hornet.internal;

import java.util.function.Supplier;
import org.bpfgate.hook.BpfProgLoadIntegrityHook;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.IntegrityReporter;
import org.bpfgate.hook.LsmId;
import org.bpfgate.integrity.sig.keyring.internal.Keyrings;
import org.bpfgate.program.ProgramLoad;

/**
 * {@code security/hornet}: reports one verdict on every load, and never denies one itself. Safe for use by several threads.
 */
public final class HornetModule implements BpfProgLoadIntegrityHook {
    /** {@code LSM_ID_HORNET} of the kernel patch. */
    private static final LsmId ID = new LsmId("hornet", 114);

    private final Supplier<Keyrings> keyrings;

    /** A module that asks for the keyrings once per load. */
    public HornetModule(Supplier<Keyrings> keyrings) {
        this.keyrings = keyrings;
    }

    @Override
    public LsmId lsmId() {
        return ID;
    }

    @Override
    public HookResult bpfProgLoadIntegrity(ProgramLoad load, IntegrityReporter reporter) {
        return reporter.bpfProgLoadPostIntegrity(new HornetVerifier(keyrings.get()).verify(load));
    }
}
