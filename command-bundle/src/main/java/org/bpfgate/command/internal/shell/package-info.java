/**
 * The words that an operator types in a shell.
 *
 * <p>Imports of this bundle: {@code candidate}, {@code context}, {@code control}, {@code io} and {@code lsm}.
 */
@NullMarked
package org.bpfgate.command.internal.shell;

import org.jspecify.annotations.NullMarked;
