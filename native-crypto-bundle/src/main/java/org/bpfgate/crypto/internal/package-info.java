/**
 * The bundle's life: puts the provider of signature arithmetic in native code before the JDK's own, as long as the
 * bundle is active.
 *
 * <p>Nobody imports this package, and Imports of this bundle: none.
 */
@NullMarked
package org.bpfgate.crypto.internal;

import org.jspecify.annotations.NullMarked;
