/**
 * The security module {@code native}: the check that the kernel itself does on a signed load, by the rule of Linux
 * 6.18 (contract {@code loader}) and by that of its successor of 2026 (contract {@code metadata}).
 *
 * <p>For the activator of this bundle. Imports of this bundle: {@code asn1}, {@code keyring}, {@code load} and
 * {@code pkcs7}.
 */
@NullMarked
package org.bpfgate.integrity.sig.internal.nativesig;

import org.jspecify.annotations.NullMarked;
