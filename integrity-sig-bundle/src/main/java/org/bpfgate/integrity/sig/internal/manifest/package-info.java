/**
 * The signing contract {@code manifest}: texts that carry their own signature, read for whoever asks.
 *
 * <p>For the activator of this bundle. Imports of this bundle: {@code asn1}, {@code file}, {@code keyring},
 * {@code load}, {@code pkcs7} and {@code x509}.
 */
@NullMarked
package org.bpfgate.integrity.sig.internal.manifest;

import org.jspecify.annotations.NullMarked;
