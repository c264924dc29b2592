/**
 * Reads programs from files and directories, whatever their format.
 *
 * <p>Imports of this bundle: {@code context}, {@code elf}, {@code io}, {@code program} and {@code skeleton}.
 */
@NullMarked
package org.bpfgate.command.internal.read;

import org.jspecify.annotations.NullMarked;
