package org.bpfgate.framework.internal.stack;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bpfgate.engine.BlobAccess;
import org.bpfgate.program.BlobType;
import org.bpfgate.program.BpfMap;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.SecurityObject;

/**
 * The objects that live on after their creation was allowed and that carry blobs. When a module goes away its blobs go
 * too, so that nothing of its bundle stays behind.
 */
public final class LiveObjects {
    private final Set<SecurityObject> objects = ConcurrentHashMap.newKeySet();

    /** Remembers an object whose blobs are not all of the framework's own making. */
    public void add(SecurityObject object, List<BlobType<?>> blobs) {
        if (!blobs.isEmpty()) {
            objects.add(object);
        }
    }

    public void remove(SecurityObject object) {
        objects.remove(object);
    }

    /** Returns how many objects are remembered. */
    public int count() {
        return objects.size();
    }

    /** Drops the blobs of a module that no call can reach any more. */
    public void forget(ModuleRecord gone) {
        for (SecurityObject object : objects) {
            BlobAccess.<SecurityObject, BlobType<?>>get().forget(object, gone.blobs);
        }
    }

    public static List<BlobType<?>> blobs(Generation generation, SecurityObject object) {
        // Not a switch over types: its bootstrap costs a one-shot command several milliseconds.
        if (object instanceof BpfProgram) {
            return generation.programBlobs;
        }
        return object instanceof BpfMap ? generation.mapBlobs : generation.tokenBlobs;
    }
}
