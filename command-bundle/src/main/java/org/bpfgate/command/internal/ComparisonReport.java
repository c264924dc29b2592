package org.bpfgate.command.internal;

import org.bpfgate.stack.ModuleStack;

/** How decisions are printed beside what was expected of them. */
@FunctionalInterface
interface ComparisonReport {
    /** Prints all decisions that are to be shown, and what was expected. */
    void comparison(ModuleStack stack, Comparison comparison, Console console);
}
