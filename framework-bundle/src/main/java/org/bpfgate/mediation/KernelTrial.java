package org.bpfgate.mediation;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Asks the running kernel whether this process may load programs at all. The bundle that talks to the kernel registers one such
 * service. Safe for use by several threads.
 */
@ProviderType
public interface KernelTrial {
    /** Loads a socket filter of two instructions, which every kernel takes, looks at its tag, and drops it. */
    KernelAnswer load();
}
