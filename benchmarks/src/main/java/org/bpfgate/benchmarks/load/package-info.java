/**
 * What mediation costs a client that loads programs, against the bare kernel and the least supervisor in C.
 *
 * <p>Imports only what the sections share.
 */
@NullMarked
package org.bpfgate.benchmarks.load;

import org.jspecify.annotations.NullMarked;
