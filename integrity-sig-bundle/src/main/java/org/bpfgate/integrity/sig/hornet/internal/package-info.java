/**
 * The security module {@code hornet}: the decision procedure of the kernel patch's newest version, and what it means by a
 * signed map.
 *
 * <p>For the activator and the signer of this bundle. It imports {@code load}, {@code pkcs7}, {@code keyring}, {@code asn1} and the
 * framework; it knows no policy.
 */
@NullMarked
package org.bpfgate.integrity.sig.hornet.internal;

import org.jspecify.annotations.NullMarked;
