/**
 * Turns every change of services or settings into a new generation, and lets modules go when no call uses them.
 *
 * <p>Imports of this bundle: {@code call}, {@code settings} and {@code stack}.
 */
@NullMarked
package org.bpfgate.framework.internal.registry;

import org.jspecify.annotations.NullMarked;
