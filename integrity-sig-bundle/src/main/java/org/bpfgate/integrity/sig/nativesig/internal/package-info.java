/**
 * The security module {@code native}: the check that the kernel itself does on a signed load, by the rule of Linux 6.18
 * (contract {@code loader}) and by that of its successor of 2026 (contract {@code metadata}).
 *
 * <p>For the activator of this bundle. It imports {@code load}, {@code pkcs7}, {@code keyring}, {@code asn1} and the
 * framework; it knows no policy.
 */
@NullMarked
package org.bpfgate.integrity.sig.nativesig.internal;

import org.jspecify.annotations.NullMarked;
