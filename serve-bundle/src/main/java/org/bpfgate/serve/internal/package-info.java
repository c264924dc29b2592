/**
 * The running gate's life: what starts with it and what ends with it. Nobody imports this package.
 *
 * <p>Imports of this bundle: none.
 */
@NullMarked
package org.bpfgate.serve.internal;

import org.jspecify.annotations.NullMarked;
