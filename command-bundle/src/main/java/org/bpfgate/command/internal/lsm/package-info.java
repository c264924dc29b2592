/**
 * The verbs {@code lsm …}: the modules of the running gate, and changes of them.
 *
 * <p>Imports of this bundle: {@code context}, {@code control} and {@code io}.
 */
@NullMarked
package org.bpfgate.command.internal.lsm;

import org.jspecify.annotations.NullMarked;
