/**
 * One request of a client: its attributes, its answer and its audit record; and the bounds that all requests share.
 *
 * <p>Imports of this bundle: {@code client}, {@code probe}, {@code seccomp} and {@code syscall}.
 */
@NullMarked
package org.bpfgate.kernel.internal.request;

import org.jspecify.annotations.NullMarked;
