package org.bpfgate.serve.internal.module;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The settings as consoles show them; the keys are the method names with dots for underscores. */
@ObjectClassDefinition(
        pid = ModulesDefinition.PID,
        name = "bpfgate serve",
        description = "What the running gate takes: modules, and listeners of commands")
@interface ModulesDefinition {
    /** The PID under which Configuration Admin knows these settings. */
    String PID = "org.bpfgate.serve";

    @AttributeDefinition(
            name = "Unsigned modules",
            description = "Whether a module bundle may run that nobody signed. To allow it is for development.",
            required = false,
            options = {@Option("refuse"), @Option("allow")})
    String modules_unsigned() default "refuse";

    @AttributeDefinition(
            name = "Listeners of a user",
            description =
                    "How many commands of one user may be attached at once; root is not limited. Each takes two threads and some 230 kB.",
            min = "1",
            max = "1000000",
            required = false)
    int listeners_per_user() default ListenerLimit.DEFAULT;
}
