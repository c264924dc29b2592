/**
 * Files that users name: read with a bound, and taken out of their PEM wrapping. Every fault becomes one line for the user.
 *
 * <p>For the other packages of this bundle. It imports nothing but the JDK.
 */
@NullMarked
package org.bpfgate.integrity.sig.file.internal;

import org.jspecify.annotations.NullMarked;
