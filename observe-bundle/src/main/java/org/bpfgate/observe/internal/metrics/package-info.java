/**
 * Counters and the histogram of durations, in the form of Prometheus.
 *
 * <p>Imports of this bundle: none.
 */
@NullMarked
package org.bpfgate.observe.internal.metrics;

import org.jspecify.annotations.NullMarked;
