package org.bpfgate.hook.internal;

import java.util.concurrent.atomic.AtomicInteger;
import org.bpfgate.hook.LsmId;
import org.bpfgate.hook.StackAdmin.ModuleHealth;

/** What the framework remembers of one registered module for as long as it is registered. Safe for several threads. */
final class ModuleRecord {
    final LsmId lsm;
    private final AtomicInteger faultsInARow = new AtomicInteger();
    private volatile String lastFault = "";

    ModuleRecord(LsmId lsm) {
        this.lsm = lsm;
    }

    void failed(String how) {
        lastFault = how;
        faultsInARow.incrementAndGet();
    }

    /** Written only when it changes something: the usual case is a read. */
    void worked() {
        if (faultsInARow.get() != 0) {
            faultsInARow.set(0);
        }
    }

    ModuleHealth health() {
        return new ModuleHealth(lsm, faultsInARow.get(), lastFault);
    }
}
