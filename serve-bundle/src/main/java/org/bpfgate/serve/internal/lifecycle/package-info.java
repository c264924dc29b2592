/**
 * The gate from its start to its end: its directories, signals, and what systemd is told.
 *
 * <p>Imports of this bundle: {@code restart}, {@code socket} and {@code systemd}.
 */
@NullMarked
package org.bpfgate.serve.internal.lifecycle;

import org.jspecify.annotations.NullMarked;
