package org.bpfgate.framework.internal.dispatch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bpfgate.hook.BpfHook;
import org.bpfgate.hook.BpfMapCreateHook;
import org.bpfgate.hook.BpfMapFreeHook;
import org.bpfgate.hook.BpfMapHook;
import org.bpfgate.hook.BpfProgFreeHook;
import org.bpfgate.hook.BpfProgHook;
import org.bpfgate.hook.BpfProgLoadHook;
import org.bpfgate.hook.BpfProgLoadIntegrityHook;
import org.bpfgate.hook.BpfProgLoadPostIntegrityHook;
import org.bpfgate.hook.BpfTokenCapableHook;
import org.bpfgate.hook.BpfTokenCmdHook;
import org.bpfgate.hook.BpfTokenCreateHook;
import org.bpfgate.hook.BpfTokenFreeHook;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.IntegrityReporter;
import org.bpfgate.hook.LsmId;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.program.BlobType;
import org.bpfgate.program.BpfCommand;
import org.bpfgate.program.BpfMap;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.BpfRequest;
import org.bpfgate.program.BpfToken;
import org.bpfgate.program.FileMode;
import org.bpfgate.program.MapCreation;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.SecurityObject;
import org.bpfgate.program.TokenCreation;

/**
 * A module on all thirteen hooks. It writes down each callback with its arguments, answers as it is told, and counts its
 * callbacks for an object in its blob.
 */
public final class EveryHook
        implements BpfHook,
                BpfMapHook,
                BpfProgHook,
                BpfMapCreateHook,
                BpfMapFreeHook,
                BpfProgLoadPostIntegrityHook,
                BpfProgLoadIntegrityHook,
                BpfProgLoadHook,
                BpfProgFreeHook,
                BpfTokenCreateHook,
                BpfTokenFreeHook,
                BpfTokenCmdHook,
                BpfTokenCapableHook {
    static final IntegrityReport REPORT = IntegrityReport.of(IntegrityVerdict.OK, "as a test wants it");

    /** One callback: which module, which hook under the kernel's name, with which arguments. */
    record Call(String lsm, String hook, List<Object> arguments) {}

    /** What a module keeps on an object: how many callbacks it had for it. */
    static final class Visits {
        int count;
    }

    final BlobType<Visits> blob = BlobType.of(Visits.class, this::newBlob);
    final List<Integer> visitsBefore = new CopyOnWriteArrayList<>();
    boolean blobFails;
    private final LsmId id;
    private final List<Call> log;
    private final Map<String, HookResult> answers = new HashMap<>();

    public EveryHook(String name, List<Call> log) {
        id = LsmId.named(name);
        this.log = log;
    }

    /** Tells the module what to answer on an int hook; it allows on the others. */
    EveryHook answering(String hook, HookResult answer) {
        answers.put(hook, answer);
        return this;
    }

    private Visits newBlob() {
        if (blobFails) {
            throw new IllegalStateException("no memory");
        }
        return new Visits();
    }

    private HookResult called(String hook, Object... arguments) {
        log.add(new Call(id.name(), hook, List.of(arguments)));
        return answers.getOrDefault(hook, HookResult.ALLOW);
    }

    private void visit(SecurityObject object) {
        visitsBefore.add(object.blob(blob).count++);
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
    public Optional<BlobType<?>> mapBlob() {
        return Optional.of(blob);
    }

    @Override
    public Optional<BlobType<?>> tokenBlob() {
        return Optional.of(blob);
    }

    @Override
    public HookResult bpf(BpfRequest request) {
        return called("bpf", request);
    }

    @Override
    public HookResult bpfMap(BpfMap map, FileMode mode) {
        visit(map);
        return called("bpf_map", map, mode);
    }

    @Override
    public HookResult bpfProg(BpfProgram program) {
        visit(program);
        return called("bpf_prog", program);
    }

    @Override
    public HookResult bpfMapCreate(MapCreation creation) {
        visit(creation.map());
        return called("bpf_map_create", creation);
    }

    @Override
    public void bpfMapFree(BpfMap map) {
        visit(map);
        called("bpf_map_free", map);
    }

    @Override
    public HookResult bpfProgLoadPostIntegrity(ProgramLoad load, LsmId verifier, IntegrityReport report) {
        visit(load.program());
        return called("bpf_prog_load_post_integrity", load, verifier, report);
    }

    @Override
    public HookResult bpfProgLoadIntegrity(ProgramLoad load, IntegrityReporter reporter) {
        visit(load.program());
        HookResult own = called("bpf_prog_load_integrity", load);
        HookResult reported = reporter.bpfProgLoadPostIntegrity(REPORT);
        return reported.isAllow() ? own : reported;
    }

    @Override
    public HookResult bpfProgLoad(ProgramLoad load) {
        visit(load.program());
        return called("bpf_prog_load", load);
    }

    @Override
    public void bpfProgFree(BpfProgram program) {
        visit(program);
        called("bpf_prog_free", program);
    }

    @Override
    public HookResult bpfTokenCreate(TokenCreation creation) {
        visit(creation.token());
        return called("bpf_token_create", creation);
    }

    @Override
    public void bpfTokenFree(BpfToken token) {
        visit(token);
        called("bpf_token_free", token);
    }

    @Override
    public HookResult bpfTokenCmd(BpfToken token, BpfCommand command) {
        visit(token);
        return called("bpf_token_cmd", token, command);
    }

    @Override
    public HookResult bpfTokenCapable(BpfToken token, int capability) {
        visit(token);
        return called("bpf_token_capable", token, capability);
    }
}
