/**
 * One command under the gate, from its seccomp filter to its end: how it starts, what it inherits, and which signals
 * it gets; and the process that becomes a command under a gate that runs.
 *
 * <p>Imports of this bundle: {@code host}, {@code local}, {@code object}, {@code probe}, {@code request},
 * {@code seccomp}, {@code syscall} and {@code worker}.
 */
@NullMarked
package org.bpfgate.kernel.internal.session;

import org.jspecify.annotations.NullMarked;
