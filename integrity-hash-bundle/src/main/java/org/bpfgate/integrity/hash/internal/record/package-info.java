/**
 * The entries of a compiled list as records of fixed size: their order, and the sort of more records than memory
 * holds.
 *
 * <p>Imports of this bundle: none.
 */
@NullMarked
package org.bpfgate.integrity.hash.internal.record;

import org.jspecify.annotations.NullMarked;
