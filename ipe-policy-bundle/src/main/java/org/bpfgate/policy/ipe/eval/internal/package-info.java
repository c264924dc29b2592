/**
 * A policy as it decides: operations, rules, properties, and the event they are asked about; {@code security/ipe/eval.c}
 * and {@code policy.h} of the kernel.
 *
 * <p>Imported by the parser, which makes policies, and by the module, which asks them. Imports neither.
 */
@NullMarked
package org.bpfgate.policy.ipe.eval.internal;

import org.jspecify.annotations.NullMarked;
