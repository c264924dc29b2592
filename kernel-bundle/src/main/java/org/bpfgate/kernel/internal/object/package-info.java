/**
 * Objects of the kernel: what it reports of programs, maps, tokens and BTF, and the names in BTF.
 *
 * <p>Imports of this bundle: {@code client} and {@code syscall}.
 */
@NullMarked
package org.bpfgate.kernel.internal.object;

import org.jspecify.annotations.NullMarked;
