package org.bpfgate.serve.internal.module;

import java.io.IOException;
import java.util.Optional;
import org.bpfgate.control.ControlException;
import org.bpfgate.serve.internal.jar.CheckedJar;
import org.bpfgate.serve.internal.store.Slot;
import org.bpfgate.stack.StackAdmin;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/**
 * Brings what the index says when the gate starts. A bundle that cannot be brought is a problem; where it stands in for one of the
 * distribution, that one does not run either, so that nothing is decided by something else than the operator chose.
 */
final class ModuleRestore {
    private final StackAdmin admin;
    private final ModuleBundles bundles;
    private final ModuleIntake intake;
    private final Transaction changes;
    private final Problems problems;

    ModuleRestore(
            StackAdmin admin, ModuleBundles bundles, ModuleIntake intake, Transaction changes, Problems problems) {
        this.admin = admin;
        this.bundles = bundles;
        this.intake = intake;
        this.changes = changes;
        this.problems = problems;
    }

    /**
     * Brings all bundles.
     *
     * @throws IOException when the store cannot be opened or its index is damaged: then nobody knows what is to run
     */
    void restore() throws IOException {
        intake.open();
        changes.read();
        intake.clean(changes.index().needed());
        changes.index().sorted().forEach(this::restore);
    }

    /** Brings those without a signature, of which it is known now that they need none. */
    void retryUnsigned() {
        for (Slot slot : changes.index().sorted()) {
            boolean runs = bundles.of(slot.current()).map(Bundle::getState).orElse(0) == Bundle.ACTIVE;
            if (slot.started() && slot.current().signer().equals(CheckedJar.UNSIGNED) && !runs) {
                restore(slot);
            }
        }
    }

    private void restore(Slot slot) {
        Optional<Bundle> shipped = bundles.ofDistribution(slot.name());
        String subject = "module " + slot.name();
        try {
            restore(slot, shipped);
            problems.clear(subject);
        } catch (BundleException | ControlException e) {
            shipped.ifPresent(this::takeOut);
            problems.set(
                    subject,
                    slot.name() + " " + slot.current().version() + " is not started: " + e.getMessage() + "; "
                            + (slot.current().sha256() == null
                                    ? "repair the installation"
                                    : "remove it and install it again"));
        }
    }

    private void restore(Slot slot, Optional<Bundle> shipped) throws BundleException, ControlException {
        if (!slot.started()) {
            shipped.ifPresent(this::takeOut);
            return;
        }
        Bundle bundle = intake.restored(slot.current());
        boolean isShipped = shipped.isPresent() && bundle.equals(shipped.get());
        if (!isShipped && shipped.isPresent() && !bundles.modules(shipped.get()).isEmpty()) {
            admin.replace(shipped.get(), bundle);
            return;
        }
        if (!isShipped) {
            shipped.ifPresent(this::takeOut);
        }
        admin.add(bundle);
    }

    private void takeOut(Bundle bundle) {
        admin.remove(bundle, false);
    }
}
