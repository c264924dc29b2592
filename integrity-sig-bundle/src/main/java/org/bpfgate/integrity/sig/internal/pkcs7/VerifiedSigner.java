package org.bpfgate.integrity.sig.internal.pkcs7;

import java.util.List;
import org.bpfgate.integrity.sig.internal.x509.Certificate;

/**
 * A signer that passed {@link SignatureCheck}, whom nobody trusts yet.
 *
 * @param info the signer
 * @param chain its certificates in the message, its own first; empty when its own is not there, and then the signature is
 *     still unverified, because the key can only come from a keyring
 */
record VerifiedSigner(SignerInfo info, List<Certificate> chain) {}
