/**
 * {@code BPF_PROG_LOAD}: copies a load, describes it to the modules, performs it from the copy, and compares what the kernel loaded.
 *
 * <p>For {@code worker} and {@code command}. It imports {@code object}, {@code request}, {@code client}, {@code probe}, {@code seccomp}
 * and {@code syscall}.
 */
@NullMarked
package org.bpfgate.kernel.internal.load;

import org.jspecify.annotations.NullMarked;
