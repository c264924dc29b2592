/**
 * The reader of BPF ELF objects: sections, symbols, relocations, and the linking of sub-programs.
 *
 * <p>Imports of this bundle: {@code io} and {@code program}.
 */
@NullMarked
package org.bpfgate.command.internal.elf;

import org.jspecify.annotations.NullMarked;
