/**
 * The compiled index: sorted digests in a file that is mapped, not read.
 *
 * <p>Imports of this bundle: {@code record}.
 */
@NullMarked
package org.bpfgate.integrity.hash.internal.index;

import org.jspecify.annotations.NullMarked;
