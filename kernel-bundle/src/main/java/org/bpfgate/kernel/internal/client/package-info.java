/**
 * The process that waits for an answer: who it is, its memory, its file descriptors and its rights.
 *
 * <p>For the packages above. It imports {@code syscall}.
 */
@NullMarked
package org.bpfgate.kernel.internal.client;

import org.jspecify.annotations.NullMarked;
