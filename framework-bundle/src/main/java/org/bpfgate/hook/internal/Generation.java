package org.bpfgate.hook.internal;

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
final class Generation {
    final ModuleStack stack;

    /** Required modules that are not here; while there is one, nothing is decided. */
    final List<String> missing;

    /** The decision on a load that nobody reported on and nobody gave a rule for: the same for all of them. */
    final LoadDecision plainAllowance;

    final List<BlobType<?>> programBlobs;
    final List<BlobType<?>> mapBlobs;
    final List<BlobType<?>> tokenBlobs;

    final HookChain<BpfHook> bpf;
    final HookChain<BpfMapHook> bpfMap;
    final HookChain<BpfProgHook> bpfProg;
    final HookChain<BpfMapCreateHook> bpfMapCreate;
    final HookChain<BpfMapFreeHook> bpfMapFree;
    final HookChain<BpfProgLoadPostIntegrityHook> bpfProgLoadPostIntegrity;
    final HookChain<BpfProgLoadIntegrityHook> bpfProgLoadIntegrity;
    final HookChain<BpfProgLoadHook> bpfProgLoad;
    final HookChain<BpfProgFreeHook> bpfProgFree;
    final HookChain<BpfTokenCreateHook> bpfTokenCreate;
    final HookChain<BpfTokenFreeHook> bpfTokenFree;
    final HookChain<BpfTokenCmdHook> bpfTokenCmd;
    final HookChain<BpfTokenCapableHook> bpfTokenCapable;

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
    Generation(long number, List<RegisteredModule> ordered, List<String> missing, List<String> problems) {
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
    boolean uses(ModuleRecord record) {
        return records.contains(record);
    }

    /** Whether some module implements the hook. */
    boolean isHooked(Class<? extends SecurityModule> hook) {
        for (RegisteredModule registered : modules) {
            if (hook.isInstance(registered.module())) {
                return true;
            }
        }
        return false;
    }

    /** Whether a call would notice no difference: same modules in the same order, same problems. */
    boolean sameStackAs(Generation other) {
        return modules.equals(other.modules) && stack.problems().equals(other.stack.problems());
    }

    List<RegisteredModule> modules() {
        return modules;
    }
}
