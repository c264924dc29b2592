/**
 * The bundle's start: registers the mediator of this machine, the trial load and the settings.
 *
 * <p>It imports {@code session}, {@code probe} and {@code syscall}.
 */
@NullMarked
package org.bpfgate.kernel.internal;

import org.jspecify.annotations.NullMarked;
