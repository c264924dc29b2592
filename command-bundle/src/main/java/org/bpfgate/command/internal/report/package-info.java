/**
 * How decisions, explanations and comparisons are printed, as text or JSON.
 *
 * <p>Imports of this bundle: {@code context}, {@code gate}, {@code io} and {@code program}.
 */
@NullMarked
package org.bpfgate.command.internal.report;

import org.jspecify.annotations.NullMarked;
