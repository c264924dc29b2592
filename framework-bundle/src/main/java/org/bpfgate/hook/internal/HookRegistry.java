package org.bpfgate.hook.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpfgate.hook.BpfProgFreeHook;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LoadDecision;
import org.bpfgate.hook.ModuleStack;
import org.bpfgate.hook.SecurityHooks;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.internal.BlobAccess;

/**
 * {@code security/security.c}: holds the registered modules, publishes each change of them as a new generation in one write,
 * and walks loads through the generation that they find.
 */
final class HookRegistry implements SecurityHooks {
    private static final Logger LOG = System.getLogger("org.bpfgate.framework");

    /** Guarded by this; keyed by service id. */
    private final Map<Long, RegisteredModule> modules = new HashMap<>();

    private volatile Generation current = Generation.EMPTY;

    /** Adds a module, or replaces what is known of one. */
    synchronized void put(RegisteredModule registered) {
        modules.put(registered.serviceId(), registered);
        publish();
    }

    /** Forgets a module. Loads that hold an older generation still finish with it. */
    synchronized void remove(long serviceId) {
        modules.remove(serviceId);
        publish();
    }

    /** Of two modules with one name the one registered first stays: a newcomer cannot take over an identity. */
    private void publish() {
        Map<String, RegisteredModule> byName = new HashMap<>();
        modules.values().stream()
                .sorted(Comparator.comparingLong(RegisteredModule::serviceId))
                .forEach(candidate -> {
                    if (byName.putIfAbsent(candidate.lsm().name(), candidate) != null) {
                        LOG.log(
                                Level.ERROR,
                                () -> "a second module named " + candidate.lsm() + " is left out: service "
                                        + candidate.serviceId() + " of bundle " + candidate.bundle());
                    }
                });
        List<RegisteredModule> ordered =
                byName.values().stream().sorted(RegisteredModule.LSM_ORDER).toList();
        current = new Generation(current.stack.generation() + 1, ordered);
    }

    @Override
    public LoadDecision bpfProgLoad(ProgramLoad load) {
        Generation generation = current;
        if (!BlobAccess.get().allocate(load.program(), generation.programBlobs)) {
            HookResult noMemory = HookResult.deny(Errno.ENOMEM, "a module's state for the program cannot be allocated");
            return new LoadDecision(generation.stack, List.of(), noMemory, null);
        }
        LoadDecision decision = new LoadWalk(generation, load).run();
        if (!decision.isAllow()) {
            free(generation, load.program());
        }
        return decision;
    }

    @Override
    public void bpfProgFree(BpfProgram program) {
        free(current, program);
    }

    private static void free(Generation generation, BpfProgram program) {
        BlobAccess blobs = BlobAccess.get();
        if (blobs.isAllocated(program)) {
            generation.bpfProgFree.callVoid((BpfProgFreeHook hook) -> hook.bpfProgFree(program));
            blobs.drop(program);
        }
    }

    @Override
    public ModuleStack stack() {
        return current.stack;
    }
}
