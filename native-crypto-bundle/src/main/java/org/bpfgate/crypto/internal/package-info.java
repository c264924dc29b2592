/**
 * The bundle's life: puts the provider of signature arithmetic in native code before the JDK's own, as long as the bundle is
 * active.
 *
 * <p>Nobody imports this package, and it imports no other of the gate: whoever verifies asks the Java platform for a
 * {@link java.security.Signature} and gets the best that there is.
 */
@NullMarked
package org.bpfgate.crypto.internal;

import org.jspecify.annotations.NullMarked;
