/**
 * The mediated commands of bpf(2) other than {@code BPF_PROG_LOAD}, one class for each that is performed from a copy.
 *
 * <p>For {@code worker}. It imports {@code load}, {@code object}, {@code request}, {@code client}, {@code seccomp} and
 * {@code syscall}.
 */
@NullMarked
package org.bpfgate.kernel.internal.command;

import org.jspecify.annotations.NullMarked;
