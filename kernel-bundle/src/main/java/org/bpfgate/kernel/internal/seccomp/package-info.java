/**
 * The seccomp filter, its listener, and the notifications of the listener: {@code kernel/seccomp.c}.
 *
 * <p>Imports of this bundle: {@code syscall}.
 */
@NullMarked
package org.bpfgate.kernel.internal.seccomp;

import org.jspecify.annotations.NullMarked;
