/**
 * One request of a client: its attributes, its answer and its audit record; and what all requests share, such as bounds.
 *
 * <p>For the packages above. It imports {@code client}, {@code probe}, {@code seccomp} and {@code syscall}.
 */
@NullMarked
package org.bpfgate.kernel.internal.request;

import org.jspecify.annotations.NullMarked;
