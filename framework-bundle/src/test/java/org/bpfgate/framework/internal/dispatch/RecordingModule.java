package org.bpfgate.framework.internal.dispatch;

import java.util.List;
import java.util.Optional;
import org.bpfgate.hook.BpfProgFreeHook;
import org.bpfgate.hook.BpfProgLoadHook;
import org.bpfgate.hook.BpfProgLoadIntegrityHook;
import org.bpfgate.hook.BpfProgLoadPostIntegrityHook;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.IntegrityReporter;
import org.bpfgate.hook.LsmId;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.program.BlobType;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.ProgramLoad;

/** A module on every load hook that writes down each callback and answers as it is told. */
class RecordingModule
        implements BpfProgLoadIntegrityHook, BpfProgLoadPostIntegrityHook, BpfProgLoadHook, BpfProgFreeHook {
    final BlobType<StringBuilder> blob = BlobType.of(StringBuilder.class, this::newBlob);
    HookResult integrity = HookResult.ALLOW;
    HookResult postIntegrity = HookResult.ALLOW;
    HookResult load = HookResult.ALLOW;
    boolean blobFails;
    private final LsmId id;
    private final List<String> log;

    RecordingModule(String name, List<String> log) {
        id = LsmId.named(name);
        this.log = log;
    }

    @Override
    public LsmId lsmId() {
        return id;
    }

    @Override
    public Optional<BlobType<?>> programBlob() {
        return Optional.of(blob);
    }

    private StringBuilder newBlob() {
        if (blobFails) {
            throw new IllegalStateException("no memory");
        }
        return new StringBuilder();
    }

    @Override
    public HookResult bpfProgLoadIntegrity(ProgramLoad programLoad, IntegrityReporter reporter) {
        note("integrity", programLoad.program());
        HookResult reported =
                reporter.bpfProgLoadPostIntegrity(IntegrityReport.of(IntegrityVerdict.OK, "as a test wants it"));
        return reported.isAllow() ? integrity : reported;
    }

    @Override
    public HookResult bpfProgLoadPostIntegrity(ProgramLoad programLoad, LsmId verifier, IntegrityReport report) {
        note("post(" + verifier + "=" + report.verdict() + ")", programLoad.program());
        return postIntegrity;
    }

    @Override
    public HookResult bpfProgLoad(ProgramLoad programLoad) {
        note("load", programLoad.program());
        return load;
    }

    @Override
    public void bpfProgFree(BpfProgram program) {
        note("free", program);
    }

    /** Writes into the blob too: it must be there in each callback, empty in the first. */
    private void note(String callback, BpfProgram program) {
        StringBuilder mine = program.blob(blob);
        log.add(id + "." + callback + (mine.isEmpty() ? "" : "+"));
        mine.append('.');
    }
}
