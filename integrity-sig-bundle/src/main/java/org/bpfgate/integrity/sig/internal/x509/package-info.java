/**
 * Certificates and keys as the kernel's X.509 parser sees them: raw names, serial numbers and key identifiers,
 * compared byte by byte, and no rule about usage, path length or the clock.
 *
 * <p>For the other packages of this bundle. Imports of this bundle: {@code asn1}.
 */
@NullMarked
package org.bpfgate.integrity.sig.internal.x509;

import org.jspecify.annotations.NullMarked;
