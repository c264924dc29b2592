package org.bpfgate.hook.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.bpfgate.hook.LsmId;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.hook.StackAdmin.ModuleHealth;
import org.bpfgate.program.BlobType;

/** What the framework remembers of one registered module for as long as it is registered. Safe for several threads. */
final class ModuleRecord {
    final LsmId lsm;
    final Optional<BlobType<?>> programBlob;
    final Optional<BlobType<?>> mapBlob;
    final Optional<BlobType<?>> tokenBlob;

    /** All that it keeps, on whatever objects. */
    final List<BlobType<?>> blobs;

    private final AtomicInteger faultsInARow = new AtomicInteger();
    private volatile String lastFault = "";

    /**
     * Asks the module once who it is and what it keeps, so that nobody has to ask it again: not when a stack is built, and not
     * after its end.
     *
     * @throws RuntimeException whatever a module throws that cannot say so
     */
    ModuleRecord(SecurityModule module) {
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

    void failed(String how) {
        lastFault = how;
        faultsInARow.incrementAndGet();
    }

    boolean isFaulty() {
        return faultsInARow.get() != 0;
    }

    void worked() {
        faultsInARow.set(0);
    }

    ModuleHealth health() {
        return new ModuleHealth(lsm, faultsInARow.get(), lastFault);
    }
}
