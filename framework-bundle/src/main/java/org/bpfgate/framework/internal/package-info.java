/**
 * The engine's life: its services, and what Configuration Admin tells it. Nobody imports this package.
 *
 * <p>Imports of this bundle: {@code audit}, {@code call}, {@code candidate}, {@code dispatch}, {@code registry}, {@code settings} and
 * {@code stack}.
 */
@NullMarked
package org.bpfgate.framework.internal;

import org.jspecify.annotations.NullMarked;
