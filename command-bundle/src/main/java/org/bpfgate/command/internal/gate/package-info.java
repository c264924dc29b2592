/**
 * The stack of modules, as the verbs use it: its options, requesters, and the decisions on programs.
 *
 * <p>Imports of this bundle: {@code context}, {@code io}, {@code program}, {@code read} and {@code signature}.
 */
@NullMarked
package org.bpfgate.command.internal.gate;

import org.jspecify.annotations.NullMarked;
