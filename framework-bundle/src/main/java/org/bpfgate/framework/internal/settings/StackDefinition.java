package org.bpfgate.framework.internal.settings;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings as consoles show them; the keys are the method names with dots for underscores. */
@ObjectClassDefinition(
        pid = StackDefinition.PID,
        name = "bpfgate stack",
        description = "Order of the security modules, which of them are required, and how long things may take")
public @interface StackDefinition {
    /** The PID under which Configuration Admin knows these settings. */
    String PID = "org.bpfgate.framework";

    @AttributeDefinition(
            name = "Order",
            description = "Names of modules that come first, in this order. The others follow by service ranking.",
            required = false)
    String[] lsm_order() default {};

    @AttributeDefinition(
            name = "Required modules",
            description =
                    "Names of modules without which nothing is decided: calls wait for them, and are then denied. Empty: every policy that was in the stack. none: nothing.",
            required = false)
    String[] lsm_required() default {};

    @AttributeDefinition(
            name = "Hold",
            description = "Milliseconds that a call waits for a missing required module; 0 denies at once.",
            required = false,
            min = "0",
            max = "86400000")
    long lsm_hold() default 5000;

    @AttributeDefinition(
            name = "Callback budget",
            description = "Milliseconds that one callback of a module may take before what it was asked for is denied.",
            required = false,
            min = "1",
            max = "86400000")
    long lsm_budget_callback() default 2000;

    @AttributeDefinition(
            name = "Drain budget",
            description =
                    "Milliseconds that stopping a module waits for calls that still use it, before it denies them.",
            required = false,
            min = "0",
            max = "86400000")
    long lsm_budget_drain() default 5000;
}
