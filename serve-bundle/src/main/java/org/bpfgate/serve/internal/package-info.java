/**
 * Puts the running gate together. Nobody imports this package.
 *
 * <p>Imports of this bundle: {@code lifecycle}, {@code module}, {@code restart}, {@code settings}, {@code socket},
 * {@code status}, {@code store} and {@code systemd}.
 */
@NullMarked
package org.bpfgate.serve.internal;

import org.jspecify.annotations.NullMarked;
