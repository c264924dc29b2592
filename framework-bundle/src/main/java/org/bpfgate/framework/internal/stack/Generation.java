package org.bpfgate.framework.internal.stack;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
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
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.program.BlobType;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.ModuleStack;

/**
 * One immutable snapshot of the stack: the modules in order and, for each of the thirteen hooks, the chain of those that
 * implement it. A call uses the snapshot that it found to its end.
 */
public final class Generation {
    public final ModuleStack stack;

    /** Required modules that are not here; while there is one, nothing is decided. */
    public final List<String> missing;

    /** The decision on a load that nobody reported on and nobody gave a rule for: the same for all of them. */
    public final LoadDecision plainAllowance;

    final List<BlobType<?>> programBlobs;
    final List<BlobType<?>> mapBlobs;
    final List<BlobType<?>> tokenBlobs;

    public final HookChain<BpfHook> bpf;
    public final HookChain<BpfMapHook> bpfMap;
    public final HookChain<BpfProgHook> bpfProg;
    public final HookChain<BpfMapCreateHook> bpfMapCreate;
    public final HookChain<BpfMapFreeHook> bpfMapFree;
    public final HookChain<BpfProgLoadPostIntegrityHook> bpfProgLoadPostIntegrity;
    public final HookChain<BpfProgLoadIntegrityHook> bpfProgLoadIntegrity;
    public final HookChain<BpfProgLoadHook> bpfProgLoad;
    public final HookChain<BpfProgFreeHook> bpfProgFree;
    public final HookChain<BpfTokenCreateHook> bpfTokenCreate;
    public final HookChain<BpfTokenFreeHook> bpfTokenFree;
    public final HookChain<BpfTokenCmdHook> bpfTokenCmd;
    public final HookChain<BpfTokenCapableHook> bpfTokenCapable;

    private final List<RegisteredModule> modules;
    private final Set<ModuleRecord> records;

    /**
     * Builds a snapshot.
     *
     * @param number the number of this generation
     * @param ordered the modules in LSM order, each name once
     * @param missing names of required modules that are not among them
     * @param problems what is wrong with the stack, for people
     */
    public Generation(long number, List<RegisteredModule> ordered, List<String> missing, List<String> problems) {
        modules = List.copyOf(ordered);
        records = modules.stream().map(RegisteredModule::record).collect(Collectors.toUnmodifiableSet());
        stack = new ModuleStack(
                number, modules.stream().map(RegisteredModule::entry).toList(), problems);
        plainAllowance = new LoadDecision(stack, List.of(), HookResult.ALLOW, null);
        this.missing = List.copyOf(missing);
        programBlobs = blobs(record -> record.programBlob);
        mapBlobs = blobs(record -> record.mapBlob);
        tokenBlobs = blobs(record -> record.tokenBlob);
        bpf = HookChain.of(BpfHook.class, modules);
        bpfMap = HookChain.of(BpfMapHook.class, modules);
        bpfProg = HookChain.of(BpfProgHook.class, modules);
        bpfMapCreate = HookChain.of(BpfMapCreateHook.class, modules);
        bpfMapFree = HookChain.of(BpfMapFreeHook.class, modules);
        bpfProgLoadPostIntegrity = HookChain.of(BpfProgLoadPostIntegrityHook.class, modules);
        bpfProgLoadIntegrity = HookChain.of(BpfProgLoadIntegrityHook.class, modules);
        bpfProgLoad = HookChain.of(BpfProgLoadHook.class, modules);
        bpfProgFree = HookChain.of(BpfProgFreeHook.class, modules);
        bpfTokenCreate = HookChain.of(BpfTokenCreateHook.class, modules);
        bpfTokenFree = HookChain.of(BpfTokenFreeHook.class, modules);
        bpfTokenCmd = HookChain.of(BpfTokenCmdHook.class, modules);
        bpfTokenCapable = HookChain.of(BpfTokenCapableHook.class, modules);
    }

    private List<BlobType<?>> blobs(Function<ModuleRecord, Optional<BlobType<?>>> declared) {
        return modules.stream()
                .<BlobType<?>>flatMap(registered -> declared.apply(registered.record()).stream())
                .toList();
    }

    /** Whether calls through this snapshot may reach the module. */
    public boolean uses(ModuleRecord record) {
        return records.contains(record);
    }

    /** Whether some module implements the hook. */
    public boolean isHooked(Class<? extends SecurityModule> hook) {
        for (RegisteredModule registered : modules) {
            if (hook.isInstance(registered.module())) {
                return true;
            }
        }
        return false;
    }

    /** Whether a call would notice no difference: same modules in the same order, same problems. */
    public boolean sameStackAs(Generation other) {
        return modules.equals(other.modules) && stack.problems().equals(other.stack.problems());
    }

    public List<RegisteredModule> modules() {
        return modules;
    }
}
