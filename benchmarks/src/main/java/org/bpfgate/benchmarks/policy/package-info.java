/**
 * Evaluating and reading policies of 10 to 100,000 rules, against a walk over the rules.
 *
 * <p>Imports what the sections share, and the policy bundle's own classes.
 */
@NullMarked
package org.bpfgate.benchmarks.policy;

import org.jspecify.annotations.NullMarked;
