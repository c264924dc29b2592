/**
 * Not exported: the tools of who writes policies. They reason about sets of events, where the evaluator looks at one: an
 * {@link org.bpfgate.policy.ipe.tools.internal.Atom} is a condition, a
 * {@link org.bpfgate.policy.ipe.tools.internal.Region} a set of events. May be imported by this bundle's other packages only.
 */
@NullMarked
package org.bpfgate.policy.ipe.tools.internal;

import org.jspecify.annotations.NullMarked;
