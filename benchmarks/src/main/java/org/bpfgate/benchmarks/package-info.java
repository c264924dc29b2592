/**
 * Runs the benchmarks by section and prints the ratios.
 *
 * <p>Each section has a package of its own; what they share is here. Nobody imports it.
 */
@NullMarked
package org.bpfgate.benchmarks;

import org.jspecify.annotations.NullMarked;
