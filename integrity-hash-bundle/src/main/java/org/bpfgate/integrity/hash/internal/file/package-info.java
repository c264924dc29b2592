/**
 * Reads the file of a list in whichever form it has: text, compiled, signed.
 *
 * <p>Imports of this bundle: {@code index}, {@code list} and {@code text}.
 */
@NullMarked
package org.bpfgate.integrity.hash.internal.file;

import org.jspecify.annotations.NullMarked;
