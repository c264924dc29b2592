/**
 * The verbs {@code candidate …}: a stack that is tried beside the live one.
 *
 * <p>Imports of this bundle: {@code context}, {@code control} and {@code io}.
 */
@NullMarked
package org.bpfgate.command.internal.candidate;

import org.jspecify.annotations.NullMarked;
