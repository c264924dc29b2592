/**
 * Listeners that other processes hand over, and the protocol by which they do.
 *
 * <p>Imports of this bundle: {@code client}, {@code request}, {@code seccomp}, {@code syscall} and {@code worker}.
 */
@NullMarked
package org.bpfgate.kernel.internal.host;

import org.jspecify.annotations.NullMarked;
