/**
 * The threads that receive seccomp notifications and have each request mediated and answered in time.
 *
 * <p>For {@code session}. It imports {@code command}, {@code load}, {@code request}, {@code client}, {@code seccomp} and
 * {@code syscall}.
 */
@NullMarked
package org.bpfgate.kernel.internal.worker;

import org.jspecify.annotations.NullMarked;
