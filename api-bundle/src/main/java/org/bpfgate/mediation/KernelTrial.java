package org.bpfgate.mediation;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Asks the running kernel whether this process may load programs at all. The bundle that talks to the kernel registers one such
 * service. Safe for use by several threads.
 */
@ProviderType
public interface KernelTrial {
    /** Loads a socket filter of two instructions, which every kernel takes, looks at its tag, and drops it. */
    KernelAnswer load();

    /**
     * Installs the filter of the gate with its listener on a thread that ends at once.
     *
     * @return empty when that works; else the kernel's spelling of the error, or a sentence when the kernel could not be asked: {@code
     *     EBUSY} when this process is under a filter with a listener already
     */
    Optional<String> listen();
}
