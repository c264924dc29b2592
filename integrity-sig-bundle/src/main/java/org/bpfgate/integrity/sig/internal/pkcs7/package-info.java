/**
 * PKCS#7 messages as {@code crypto/asymmetric_keys/pkcs7_*} reads and judges them: parse, verify, trust.
 *
 * <p>For the verifier of this bundle. Imports of this bundle: {@code asn1}, {@code form}, {@code keyring} and
 * {@code x509}.
 */
@NullMarked
package org.bpfgate.integrity.sig.internal.pkcs7;

import org.jspecify.annotations.NullMarked;
