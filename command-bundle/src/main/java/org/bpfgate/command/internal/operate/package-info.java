/**
 * The running gate and the verbs that talk to it: {@code serve}, {@code status} and their neighbours.
 *
 * <p>Imports of this bundle: {@code check}, {@code context}, {@code control} and {@code io}.
 */
@NullMarked
package org.bpfgate.command.internal.operate;

import org.jspecify.annotations.NullMarked;
