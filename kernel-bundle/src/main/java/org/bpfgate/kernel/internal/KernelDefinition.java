package org.bpfgate.kernel.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The settings as consoles and docs/configuration.md show them; the keys are the method names, with dots for underscores and one
 * underscore for two.
 */
@ObjectClassDefinition(
        pid = KernelSettings.PID,
        name = "bpfgate mediation",
        description = "Mediation of bpf(2) for commands")
@interface KernelDefinition {
    @AttributeDefinition(
            name = "Feature probes",
            description = "Path of the list of feature probes that are recognised. Without it the list that ships.",
            required = false)
    String probes();
}
