/**
 * The seccomp filter, its listener, and the notifications that the listener gives: {@code kernel/seccomp.c}.
 *
 * <p>For the packages above. It imports {@code syscall}.
 */
@NullMarked
package org.bpfgate.kernel.internal.seccomp;

import org.jspecify.annotations.NullMarked;
