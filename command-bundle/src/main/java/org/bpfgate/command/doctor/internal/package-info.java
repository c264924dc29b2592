/**
 * Why bpf(2) fails: the state of the host, and the causes of calls that a command made.
 *
 * <p>For the verb {@code doctor}. It imports the API of the framework and reads {@code /proc} and {@code /sys}; it changes nothing.
 */
@NullMarked
package org.bpfgate.command.doctor.internal;

import org.jspecify.annotations.NullMarked;
