/**
 * PKCS#7 messages as {@code crypto/asymmetric_keys/pkcs7_*} reads and judges them: parse, verify, trust.
 *
 * <p>For the verifier of this bundle. It imports {@code asn1}, {@code x509}, {@code keyring} and {@code form}, and the error numbers
 * of {@code org.bpfgate.hook}; never the JDK's certificate path validator, whose rules are others.
 */
@NullMarked
package org.bpfgate.integrity.sig.pkcs7.internal;

import org.jspecify.annotations.NullMarked;
