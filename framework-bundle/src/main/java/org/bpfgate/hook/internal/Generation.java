package org.bpfgate.hook.internal;

import java.util.List;
import org.bpfgate.hook.BpfProgFreeHook;
import org.bpfgate.hook.BpfProgLoadHook;
import org.bpfgate.hook.BpfProgLoadIntegrityHook;
import org.bpfgate.hook.BpfProgLoadPostIntegrityHook;
import org.bpfgate.hook.ModuleStack;
import org.bpfgate.program.BlobType;

/**
 * One immutable snapshot of the stack: the modules in order and, for each hook, the chain of those that implement it. A load
 * uses the snapshot that it found for all its phases.
 */
final class Generation {
    /** The stack before any module is registered. */
    static final Generation EMPTY = new Generation(0, List.of());

    final ModuleStack stack;
    final List<BlobType<?>> programBlobs;
    final HookChain<BpfProgLoadIntegrityHook> bpfProgLoadIntegrity;
    final HookChain<BpfProgLoadPostIntegrityHook> bpfProgLoadPostIntegrity;
    final HookChain<BpfProgLoadHook> bpfProgLoad;
    final HookChain<BpfProgFreeHook> bpfProgFree;

    /**
     * Builds a snapshot.
     *
     * @param number the number of this generation
     * @param ordered the modules in LSM order, each name once
     */
    Generation(long number, List<RegisteredModule> ordered) {
        stack = new ModuleStack(
                number, ordered.stream().map(RegisteredModule::entry).toList());
        programBlobs = ordered.stream()
                .<BlobType<?>>flatMap(registered -> registered.module().programBlob().stream())
                .toList();
        bpfProgLoadIntegrity = HookChain.of(BpfProgLoadIntegrityHook.class, ordered);
        bpfProgLoadPostIntegrity = HookChain.of(BpfProgLoadPostIntegrityHook.class, ordered);
        bpfProgLoad = HookChain.of(BpfProgLoadHook.class, ordered);
        bpfProgFree = HookChain.of(BpfProgFreeHook.class, ordered);
    }
}
