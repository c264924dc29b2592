/** What a client that never answers costs the others. */
@NullMarked
package org.bpfgate.benchmarks.neighbour;

import org.jspecify.annotations.NullMarked;
