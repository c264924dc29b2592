/**
 * The security module {@code ipe}: hooks, verdict slots, what a denial tells, and where the policy comes from;
 * {@code security/ipe/hooks.c} and {@code policy_fs.c} of the kernel.
 *
 * <p>Imported by nobody; other bundles meet it as services only. Imports the framework's API, the parser and the
 * evaluation.
 */
@NullMarked
package org.bpfgate.policy.ipe.internal;

import org.jspecify.annotations.NullMarked;
