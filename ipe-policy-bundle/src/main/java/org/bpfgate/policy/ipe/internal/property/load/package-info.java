/**
 * The properties of BPF loads: the program, the process that asks, the kind of load, the time.
 *
 * <p>Imports the API and, of this bundle, {@code bpf}, {@code event} and {@code property}.
 */
@NullMarked
package org.bpfgate.policy.ipe.internal.property.load;

import org.jspecify.annotations.NullMarked;
