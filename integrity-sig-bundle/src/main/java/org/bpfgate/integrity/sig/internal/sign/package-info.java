/**
 * Makes signatures: key files, and the CMS message that each contract asks for.
 *
 * <p>For the activator of this bundle. The decision path never imports it. Imports of this bundle: {@code asn1},
 * {@code file}, {@code hornet}, {@code keyring}, {@code pkcs7} and {@code x509}.
 */
@NullMarked
package org.bpfgate.integrity.sig.internal.sign;

import org.jspecify.annotations.NullMarked;
