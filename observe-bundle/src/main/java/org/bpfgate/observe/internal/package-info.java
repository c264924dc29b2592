/**
 * What the running gate has decided, for people and for Prometheus. Nobody imports this package.
 *
 * <p>Imports of this bundle: {@code decisions}, {@code health} and {@code metrics}.
 */
@NullMarked
package org.bpfgate.observe.internal;

import org.jspecify.annotations.NullMarked;
