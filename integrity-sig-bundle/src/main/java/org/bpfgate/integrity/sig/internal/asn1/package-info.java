/**
 * BER as the kernel's decoder reads it, with every range of raw bytes kept, and the little DER that names are printed from.
 *
 * <p>For the other packages of this bundle. Imports of this bundle: none.
 */
@NullMarked
package org.bpfgate.integrity.sig.internal.asn1;

import org.jspecify.annotations.NullMarked;
