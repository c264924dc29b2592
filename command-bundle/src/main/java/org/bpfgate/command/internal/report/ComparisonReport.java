package org.bpfgate.command.internal.report;

import org.bpfgate.command.internal.context.Console;
import org.bpfgate.stack.ModuleStack;

/** How decisions are printed beside what was expected of them. */
@FunctionalInterface
public interface ComparisonReport {
    /** Prints all decisions that are to be shown, and what was expected. */
    void comparison(ModuleStack stack, Comparison comparison, Console console);
}
