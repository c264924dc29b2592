/**
 * The keyrings: certificates from files, under the names and numbers that the kernel gives its own.
 *
 * <p>For the other packages of this bundle. It imports {@code file}, {@code asn1} and {@code x509}.
 */
@NullMarked
package org.bpfgate.integrity.sig.keyring.internal;

import org.jspecify.annotations.NullMarked;
