/**
 * {@code BPF_PROG_LOAD}: copies a load, describes it to the modules, performs it from the copy, and compares what the
 * kernel loaded.
 *
 * <p>Imports of this bundle: {@code client}, {@code object}, {@code probe}, {@code request}, {@code seccomp} and
 * {@code syscall}.
 */
@NullMarked
package org.bpfgate.kernel.internal.load;

import org.jspecify.annotations.NullMarked;
