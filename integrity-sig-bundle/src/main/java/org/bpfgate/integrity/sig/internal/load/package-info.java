/**
 * What the verifiers of program loads share: how reports are made, and the cache of judgements.
 *
 * <p>For the packages {@code hornet} and {@code nativesig} of this bundle. Imports of this bundle: {@code keyring},
 * {@code pkcs7} and {@code x509}.
 */
@NullMarked
package org.bpfgate.integrity.sig.internal.load;

import org.jspecify.annotations.NullMarked;
