/**
 * One command under the gate, from its seccomp filter to its end: how it starts, what it inherits, and which signals it gets.
 *
 * <p>For the activator. It imports {@code worker}, {@code request}, {@code object}, {@code probe}, {@code seccomp} and
 * {@code syscall}.
 */
@NullMarked
package org.bpfgate.kernel.internal.session;

import org.jspecify.annotations.NullMarked;
