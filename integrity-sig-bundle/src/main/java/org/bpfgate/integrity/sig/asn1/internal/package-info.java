/**
 * BER as the kernel's decoder reads it, with every range of raw bytes kept, and the little DER that signing writes.
 *
 * <p>For the other packages of this bundle. It imports nothing but the JDK: the classes on the decision path stay few, so
 * that a one-shot check starts fast.
 */
@NullMarked
package org.bpfgate.integrity.sig.asn1.internal;

import org.jspecify.annotations.NullMarked;
