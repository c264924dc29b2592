package org.bpfgate.integrity.sig;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bpfgate.engine.BlobAccess;
import org.bpfgate.hook.BpfProgLoadIntegrityHook;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.sig.internal.hornet.HornetMode;
import org.bpfgate.integrity.sig.internal.hornet.HornetModule;
import org.bpfgate.integrity.sig.internal.keyring.Keyrings;
import org.bpfgate.integrity.sig.internal.keyring.Trust;
import org.bpfgate.integrity.sig.internal.nativesig.NativeModule;
import org.bpfgate.program.BlobType;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.SecurityObject;

/** Asks a module for its one report on a load, as the framework does. */
public final class Reported {
    private Reported() {}

    /** What hornet reports in mode compat-n. */
    public static IntegrityReport byHornet(Keyrings trusted, ProgramLoad load) {
        return byHornet(trusted, HornetMode.COMPAT_N, load);
    }

    /** What hornet reports. */
    public static IntegrityReport byHornet(Keyrings trusted, HornetMode mode, ProgramLoad load) {
        return by(new HornetModule(() -> trust(trusted), () -> mode), load);
    }

    /** What native reports. */
    public static IntegrityReport byNative(Keyrings trusted, ProgramLoad load) {
        return by(new NativeModule(() -> trust(trusted)), load);
    }

    /** What a module reports, which must be one report. */
    public static IntegrityReport by(BpfProgLoadIntegrityHook module, ProgramLoad load) {
        List<IntegrityReport> reports = new ArrayList<>();
        module.bpfProgLoadIntegrity(withBlob(module, load), report -> {
            reports.add(report);
            return HookResult.ALLOW;
        });
        if (reports.size() != 1) {
            throw new AssertionError(reports.size() + " reports");
        }
        return reports.get(0);
    }

    /** The same load, whose program has the module's blob. */
    public static ProgramLoad withBlob(SecurityModule module, ProgramLoad load) {
        if (module.programBlob().isPresent()) {
            BlobAccess.<SecurityObject, BlobType<?>>get()
                    .cover(load.program(), List.of(module.programBlob().get()));
        }
        return load;
    }

    /** Trust in these keyrings, now. */
    public static Trust trust(Keyrings keyrings) {
        return new Trust(keyrings, 1, Instant.now().getEpochSecond());
    }
}
