package org.bpfgate.integrity.sig.internal.hornet;

import java.util.Optional;
import java.util.function.Supplier;
import org.bpfgate.hook.BpfProgHook;
import org.bpfgate.hook.BpfProgLoadIntegrityHook;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.IntegrityReporter;
import org.bpfgate.hook.LsmId;
import org.bpfgate.integrity.sig.internal.keyring.Trust;
import org.bpfgate.integrity.sig.internal.load.LoadCache;
import org.bpfgate.program.BlobType;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.ProgramLoad;

/**
 * {@code security/hornet}: reports one verdict on every load, and never denies one itself; but it denies the descriptor of
 * a program whose maps are not the signed ones. Safe for use by several threads.
 */
public final class HornetModule implements BpfProgLoadIntegrityHook, BpfProgHook {
    /** {@code LSM_ID_HORNET} of the kernel patch. */
    private static final LsmId ID = new LsmId("hornet", 114);

    private final BlobType<SignedMapsBlob> blob = BlobType.of(SignedMapsBlob.class, SignedMapsBlob::new);
    private final LoadCache<SignatureFinding> cache = new LoadCache<>();
    private final Supplier<HornetRules> rules;

    /** A module that asks once per load whom to trust and by which rules to judge. */
    public HornetModule(Supplier<HornetRules> rules) {
        this.rules = rules;
    }

    /** A module whose trust and mode change independently of each other. */
    public HornetModule(Supplier<Trust> trust, Supplier<HornetMode> mode) {
        this(() -> new HornetRules(trust.get(), mode.get()));
    }

    @Override
    public LsmId lsmId() {
        return ID;
    }

    @Override
    public Optional<BlobType<?>> programBlob() {
        return Optional.of(blob);
    }

    @Override
    public HookResult bpfProgLoadIntegrity(ProgramLoad load, IntegrityReporter reporter) {
        HornetRules now = rules.get();
        HornetVerifier verifier = new HornetVerifier(now.trust(), now.mode(), cache);
        return reporter.bpfProgLoadPostIntegrity(
                verifier.verify(load, load.program().blob(blob)));
    }

    @Override
    public HookResult bpfProg(BpfProgram program) {
        return program.blob(blob).check(program);
    }
}
