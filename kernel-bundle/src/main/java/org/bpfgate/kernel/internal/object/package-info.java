/**
 * Objects that the kernel has: what it tells of programs, maps, tokens and BTF, and the names in BTF.
 *
 * <p>For {@code load}, {@code command} and {@code session}. It imports {@code client} and {@code syscall}.
 */
@NullMarked
package org.bpfgate.kernel.internal.object;

import org.jspecify.annotations.NullMarked;
