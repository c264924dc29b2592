/**
 * A policy as it decides: operations and rules, with an index for large ones; {@code security/ipe/eval.c} and
 * {@code policy.h} of the kernel.
 *
 * <p>Imports of this bundle: {@code event} and {@code property}.
 */
@NullMarked
package org.bpfgate.policy.ipe.internal.policy;

import org.jspecify.annotations.NullMarked;
