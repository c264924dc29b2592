/**
 * The verb {@code doctor}: why bpf(2) fails on this host, or for a command.
 *
 * <p>Imports of this bundle: {@code context}, {@code diagnosis}, {@code host} and {@code io}.
 */
@NullMarked
package org.bpfgate.command.internal.doctor;

import org.jspecify.annotations.NullMarked;
