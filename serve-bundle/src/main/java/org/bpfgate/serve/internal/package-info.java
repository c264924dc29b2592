/**
 * Puts the running gate together. Nobody imports this package.
 *
 * <p>Imports of this bundle: {@code lifecycle}, {@code module}, {@code settings}, {@code socket} and {@code status}.
 */
@NullMarked
package org.bpfgate.serve.internal;

import org.jspecify.annotations.NullMarked;
