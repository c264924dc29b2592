/**
 * The readers of program files: raw instructions, BPF ELF objects and light skeleton headers.
 *
 * <p>The verbs of this bundle import this package, through {@link org.bpfgate.command.read.internal.ProgramFiles}. It
 * imports {@code org.bpfgate.program} and the ELF reader, and never the verbs.
 */
@NullMarked
package org.bpfgate.command.read.internal;

import org.jspecify.annotations.NullMarked;
