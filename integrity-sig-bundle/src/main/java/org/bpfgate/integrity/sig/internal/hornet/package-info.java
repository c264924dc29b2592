/**
 * The security module {@code hornet}: the decision procedure of the kernel patch's newest version, and what it means
 * by a signed map.
 *
 * <p>For the activator of this bundle. Imports of this bundle: {@code asn1}, {@code keyring},
 * {@code load} and {@code pkcs7}.
 */
@NullMarked
package org.bpfgate.integrity.sig.internal.hornet;

import org.jspecify.annotations.NullMarked;
