/**
 * The commands that make the nearest rule of a policy allow a program.
 *
 * <p>Imports of this bundle: {@code context}, {@code gate}, {@code io}, {@code list}, {@code program} and
 * {@code signature}.
 */
@NullMarked
package org.bpfgate.command.internal.fix;

import org.jspecify.annotations.NullMarked;
