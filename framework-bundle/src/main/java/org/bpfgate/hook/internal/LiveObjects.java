package org.bpfgate.hook.internal;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bpfgate.program.BlobType;
import org.bpfgate.program.BpfMap;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.BpfToken;
import org.bpfgate.program.SecurityObject;
import org.bpfgate.program.internal.BlobAccess;

/**
 * The objects that live on after their creation was allowed and that carry blobs. When a module goes away its blobs go
 * too, so that nothing of its bundle stays behind.
 */
final class LiveObjects {
    private final Set<SecurityObject> objects = ConcurrentHashMap.newKeySet();

    /** Remembers an object whose blobs are not all of the framework's own making. */
    void add(SecurityObject object, List<BlobType<?>> blobs) {
        if (!blobs.isEmpty()) {
            objects.add(object);
        }
    }

    void remove(SecurityObject object) {
        objects.remove(object);
    }

    /** Drops the blobs of modules that the generation does not have. */
    void follow(Generation generation) {
        for (SecurityObject object : objects) {
            BlobAccess.get().retain(object, blobs(generation, object));
        }
    }

    static List<BlobType<?>> blobs(Generation generation, SecurityObject object) {
        return switch (object) {
            case BpfProgram program -> generation.programBlobs;
            case BpfMap map -> generation.mapBlobs;
            case BpfToken token -> generation.tokenBlobs;
        };
    }
}
