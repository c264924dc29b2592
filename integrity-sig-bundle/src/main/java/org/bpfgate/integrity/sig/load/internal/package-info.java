/**
 * What the verifiers of program loads share: how reports are made, and the cache of judgements.
 *
 * <p>For the packages {@code hornet} and {@code nativesig} of this bundle. It imports {@code pkcs7}, {@code keyring} and the
 * framework.
 */
@NullMarked
package org.bpfgate.integrity.sig.load.internal;

import org.jspecify.annotations.NullMarked;
