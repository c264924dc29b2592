package org.bpfgate.integrity.sig.pkcs7.internal;

import org.bpfgate.integrity.sig.x509.internal.Certificate;

/**
 * A signer whose signature is good and whom a keyring vouches for. Only the attributes of such a signer may be read.
 *
 * @param info the signer
 * @param certificate the one whose key verified the signature
 */
public record TrustedSigner(SignerInfo info, Certificate certificate) {}
