package org.bpfgate.hook;

import java.util.Optional;
import org.bpfgate.program.BlobType;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One security module: what {@code DEFINE_LSM} and {@code security_add_hooks()} are in the kernel. A bundle registers it as
 * an OSGi service under this interface; {@code service.ranking} gives its place in the order (highest first, then lowest
 * service id). The framework sees by {@code instanceof} which hook interfaces it implements.
 *
 * <p>Callbacks run on the deciding thread, several at once for different loads, so a module is safe for use by several
 * threads. A callback that throws or returns null denies the load.
 */
@ConsumerType
public interface SecurityModule {
    /** Returns who this is; always the same value. Of two modules with one name the one registered later is left out. */
    LsmId lsmId();

    /** Returns the state that this module keeps on each program, if any; always the same value. */
    default Optional<BlobType<?>> programBlob() {
        return Optional.empty();
    }

    /** Returns the state that this module keeps on each map, if any; always the same value. */
    default Optional<BlobType<?>> mapBlob() {
        return Optional.empty();
    }

    /** Returns the state that this module keeps on each token, if any; always the same value. */
    default Optional<BlobType<?>> tokenBlob() {
        return Optional.empty();
    }
}
