/**
 * The threads that receive seccomp notifications, and have each request mediated and answered in time.
 *
 * <p>Imports of this bundle: {@code client}, {@code command}, {@code load}, {@code request}, {@code seccomp} and
 * {@code syscall}.
 */
@NullMarked
package org.bpfgate.kernel.internal.worker;

import org.jspecify.annotations.NullMarked;
