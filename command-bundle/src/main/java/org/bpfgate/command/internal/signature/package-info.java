/**
 * Signatures of programs: where they are found, by which contract they are made, and what they were made over.
 *
 * <p>Imports of this bundle: {@code context}, {@code io} and {@code program}.
 */
@NullMarked
package org.bpfgate.command.internal.signature;

import org.jspecify.annotations.NullMarked;
