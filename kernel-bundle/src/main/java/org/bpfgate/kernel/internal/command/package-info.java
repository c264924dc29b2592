/**
 * The mediated commands of bpf(2) other than {@code BPF_PROG_LOAD}. Each that is performed from a copy has a class of
 * its own.
 *
 * <p>Imports of this bundle: {@code client}, {@code load}, {@code object}, {@code request}, {@code seccomp} and
 * {@code syscall}.
 */
@NullMarked
package org.bpfgate.kernel.internal.command;

import org.jspecify.annotations.NullMarked;
