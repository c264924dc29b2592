/**
 * What a condition of a rule is, {@code struct ipe_prop}: a property, a property that compares one attribute of the
 * event, a set of values.
 *
 * <p>Imports {@code event} of this bundle.
 */
@NullMarked
package org.bpfgate.policy.ipe.internal.property;

import org.jspecify.annotations.NullMarked;
