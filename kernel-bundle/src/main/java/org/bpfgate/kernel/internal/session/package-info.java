/**
 * One command under the gate, from its seccomp filter to its end: how it starts, what it inherits, and which signals
 * it gets.
 *
 * <p>Imports of this bundle: {@code object}, {@code probe}, {@code request}, {@code seccomp}, {@code syscall} and
 * {@code worker}.
 */
@NullMarked
package org.bpfgate.kernel.internal.session;

import org.jspecify.annotations.NullMarked;
