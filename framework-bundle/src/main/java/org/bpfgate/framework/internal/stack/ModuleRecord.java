package org.bpfgate.framework.internal.stack;

import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.bpfgate.framework.internal.log.FaultLog;
import org.bpfgate.hook.BpfProgLoadHook;
import org.bpfgate.hook.BpfProgLoadPostIntegrityHook;
import org.bpfgate.hook.LsmId;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.program.BlobType;
import org.bpfgate.stack.StackAdmin.ModuleHealth;
import org.jspecify.annotations.Nullable;

/** What the framework remembers of one registered module for as long as it is registered. Safe for several threads. */
public final class ModuleRecord {
    private static final Logger LOG = System.getLogger("org.bpfgate.framework");

    public final LsmId lsm;
    final Optional<BlobType<?>> programBlob;
    final Optional<BlobType<?>> mapBlob;
    final Optional<BlobType<?>> tokenBlob;

    /** All that it keeps, on whatever objects. */
    final List<BlobType<?>> blobs;

    /** Whether it decides on loads, so that a stack without it decides by less. */
    public final boolean isPolicy;

    private final FaultLog faults;
    private final AtomicInteger faultsInARow = new AtomicInteger();
    private volatile String lastFault = "";

    /**
     * Asks the module once who it is and what it keeps, so that nobody has to ask it again: not when a stack is built, and not
     * after its end.
     *
     * @throws RuntimeException whatever a module throws that cannot say so
     */
    public ModuleRecord(SecurityModule module) {
        this(module, new FaultLog(LOG));
    }

    /** Remembers a module whose faults go to a log of their own. */
    ModuleRecord(SecurityModule module, FaultLog faults) {
        this.faults = faults;
        isPolicy = module instanceof BpfProgLoadHook || module instanceof BpfProgLoadPostIntegrityHook;
        lsm = Objects.requireNonNull(module.lsmId(), "a module has an identity");
        programBlob = module.programBlob();
        mapBlob = module.mapBlob();
        tokenBlob = module.tokenBlob();
        List<BlobType<?>> kept = new ArrayList<>();
        programBlob.ifPresent(kept::add);
        mapBlob.ifPresent(kept::add);
        tokenBlob.ifPresent(kept::add);
        blobs = List.copyOf(kept);
    }

    /**
     * Counts and logs a fault of the module.
     *
     * @param how what it did
     * @param cause what it threw, if it threw
     */
    public void failed(String how, @Nullable Throwable cause) {
        lastFault = how;
        boolean turn = faultsInARow.incrementAndGet() == ModuleHealth.UNHEALTHY;
        String line = "module " + lsm + " " + how + "; what it was asked for is denied";
        faults.fault(
                turn
                        ? line + "; the module is unhealthy, with that many faults in a row: " + ModuleHealth.UNHEALTHY
                        : line,
                cause,
                turn);
    }

    /** Logs a fault that was counted before. */
    public void failedLate(String how, @Nullable Throwable cause) {
        faults.fault("module " + lsm + " " + how + ", after it was answered for", cause);
    }

    public boolean isFaulty() {
        return faultsInARow.get() != 0;
    }

    public void worked() {
        faultsInARow.set(0);
    }

    public ModuleHealth health() {
        return new ModuleHealth(lsm, faultsInARow.get(), lastFault);
    }
}
