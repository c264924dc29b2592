package org.bpfgate.hook;

import java.util.Optional;
import org.bpfgate.program.BlobType;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One security module: what {@code DEFINE_LSM} and {@code security_add_hooks()} are in the kernel. A bundle registers it as
 * an OSGi service under this interface; {@code service.ranking} gives its place in the order (highest first, then lowest
 * service id); one that is not an {@code Integer} is reported among the problems of {@code org.bpfgate.stack.ModuleStack}. The
 * framework sees by {@code instanceof} which hook interfaces it implements. A module that is registered is ready to decide: one that
 * needs settings is registered with its first good ones; see {@code org.bpfgate.settings.ModuleRegistration}.
 *
 * <p>Callbacks run on the deciding thread, several at once for different loads, so a module is safe for use by several
 * threads. A callback that throws or returns null denies the load.
 */
@ConsumerType
public interface SecurityModule {
    /**
     * The service property that names the modules which join and leave the stack together with this one: an array, a collection
     * or a text with commas. Each of them is registered by the same bundle and has the same property. A module is in the stack only
     * while all of them are registered, so that a load sees all or none.
     */
    String TOGETHER = "lsm.together";

    /**
     * The service property that says that somebody wants to do without this module, {@code Boolean.TRUE}, set right before the
     * service is unregistered. A stack without {@code lsm.required} waits for a policy that went away, but not for such a one.
     */
    String RETIRED = "lsm.retired";

    /**
     * Returns who this is; always the same value. Of two modules with one name the one registered later is left out. A name belongs to the
     * bundle, known by its symbolic name, that first had it in the stack, until that is uninstalled or {@code StackAdmin.replace} of
     * {@code org.bpfgate.stack} hands it over: meanwhile a module of another bundle is left out, also while the owner's is away.
     */
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
