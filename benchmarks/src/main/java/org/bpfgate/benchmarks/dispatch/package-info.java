/**
 * The way through the framework to modules that do nothing, against a loop over an array.
 *
 * <p>Imports what the sections share, and the modules.
 */
@NullMarked
package org.bpfgate.benchmarks.dispatch;

import org.jspecify.annotations.NullMarked;
