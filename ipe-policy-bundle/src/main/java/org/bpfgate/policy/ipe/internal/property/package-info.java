/**
 * The conditions of rules, {@code struct ipe_prop}: what a property is, sets of values, and the properties that do
 * more than compare one value, such as bounds and what a client can change.
 *
 * <p>Imports of this bundle: {@code bpf} and {@code event}.
 */
@NullMarked
package org.bpfgate.policy.ipe.internal.property;

import org.jspecify.annotations.NullMarked;
