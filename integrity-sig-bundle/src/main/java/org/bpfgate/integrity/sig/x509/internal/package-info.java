/**
 * Certificates and keys as the kernel's X.509 parser sees them: raw names, serial numbers and key identifiers, compared
 * byte by byte, and no rule about usage, path length or the clock.
 *
 * <p>For the other packages of this bundle. It imports {@code asn1} and the JDK's signature arithmetic.
 */
@NullMarked
package org.bpfgate.integrity.sig.x509.internal;

import org.jspecify.annotations.NullMarked;
