/**
 * Text lists of program digests as files: entries, additions, and the earlier list that is kept.
 *
 * <p>Imports of this bundle: {@code context} and {@code io}.
 */
@NullMarked
package org.bpfgate.command.internal.list;

import org.jspecify.annotations.NullMarked;
