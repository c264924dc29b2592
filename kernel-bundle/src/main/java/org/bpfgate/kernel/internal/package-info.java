/**
 * The start of the bundle: registers the mediator of this machine, the trial load, the local sockets and the settings.
 *
 * <p>Imports of this bundle: {@code local}, {@code probe}, {@code session} and {@code syscall}.
 */
@NullMarked
package org.bpfgate.kernel.internal;

import org.jspecify.annotations.NullMarked;
