/**
 * The reader of light skeletons, which are C headers.
 *
 * <p>Imports of this bundle: {@code io} and {@code program}.
 */
@NullMarked
package org.bpfgate.command.internal.skeleton;

import org.jspecify.annotations.NullMarked;
