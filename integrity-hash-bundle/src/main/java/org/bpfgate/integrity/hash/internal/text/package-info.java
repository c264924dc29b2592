/**
 * Reads the text form of a list, as {@code sha256sum} writes it, with the place of each error.
 *
 * <p>Imports of this bundle: {@code index} and {@code list}.
 */
@NullMarked
package org.bpfgate.integrity.hash.internal.text;

import org.jspecify.annotations.NullMarked;
