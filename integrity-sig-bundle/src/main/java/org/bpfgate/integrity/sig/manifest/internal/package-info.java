/**
 * The signing contract {@code manifest}: texts that carry their own signature, read for whoever asks.
 *
 * <p>For the activator of this bundle. It imports {@code load}, {@code pkcs7}, {@code keyring}, {@code file}, {@code asn1} and the
 * framework.
 */
@NullMarked
package org.bpfgate.integrity.sig.manifest.internal;

import org.jspecify.annotations.NullMarked;
