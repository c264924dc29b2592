/**
 * The hooks of the module {@code ipe} and what a denial tells; {@code security/ipe/hooks.c} of the kernel.
 *
 * <p>Imports of this bundle: {@code audit}, {@code event}, {@code policy}, {@code property} and {@code vocabulary}.
 */
@NullMarked
package org.bpfgate.policy.ipe.internal.hook;

import org.jspecify.annotations.NullMarked;
