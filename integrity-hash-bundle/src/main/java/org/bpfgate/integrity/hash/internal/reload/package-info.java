/**
 * The lists in use: reads them again when their files change, and reports what becomes of them.
 *
 * <p>Imports of this bundle: {@code file}, {@code list} and {@code text}.
 */
@NullMarked
package org.bpfgate.integrity.hash.internal.reload;

import org.jspecify.annotations.NullMarked;
