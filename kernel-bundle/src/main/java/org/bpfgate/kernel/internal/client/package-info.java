/**
 * The process that waits for an answer: who it is, its memory, its file descriptors and its rights.
 *
 * <p>Imports of this bundle: {@code syscall}.
 */
@NullMarked
package org.bpfgate.kernel.internal.client;

import org.jspecify.annotations.NullMarked;
