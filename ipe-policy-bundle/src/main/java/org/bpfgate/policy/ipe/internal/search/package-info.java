/**
 * Sets of events, and the search for an event that no rule matches. The evaluator looks at one event; the tools for
 * authors look at all.
 *
 * <p>Imports of this bundle: {@code bpf}, {@code event}, {@code policy}, {@code property} and {@code vocabulary}.
 */
@NullMarked
package org.bpfgate.policy.ipe.internal.search;

import org.jspecify.annotations.NullMarked;
