/**
 * The keyrings: certificates from files, under the names and numbers that the kernel gives its own.
 *
 * <p>For the other packages of this bundle. Imports of this bundle: {@code asn1}, {@code file} and {@code x509}.
 */
@NullMarked
package org.bpfgate.integrity.sig.internal.keyring;

import org.jspecify.annotations.NullMarked;
