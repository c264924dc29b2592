/**
 * The entries of a compiled list as records of fixed size: their order, and the sort of more records than memory
 * holds.
 *
 * <p>Imports the API and no other package of this bundle.
 */
@NullMarked
package org.bpfgate.integrity.hash.internal.record;

import org.jspecify.annotations.NullMarked;
