/**
 * The state of this host, as far as bpf(2) depends on it; read from {@code /proc} and {@code /sys}, and never changed.
 *
 * <p>Imports of this bundle: none.
 */
@NullMarked
package org.bpfgate.command.internal.host;

import org.jspecify.annotations.NullMarked;
