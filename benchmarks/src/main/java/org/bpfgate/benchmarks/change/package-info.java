/**
 * What a change of the stack costs, and what loads notice of it.
 *
 * <p>Imports what the sections share, and the modules.
 */
@NullMarked
package org.bpfgate.benchmarks.change;

import org.jspecify.annotations.NullMarked;
