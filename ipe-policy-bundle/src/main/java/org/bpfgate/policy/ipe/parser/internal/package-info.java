/**
 * From the text of a policy to a policy: {@code security/ipe/policy_parser.c} of the kernel, with the place and the reason of
 * an error in addition to its number.
 *
 * <p>Imported by the module. Imports the evaluation package, never the module.
 */
@NullMarked
package org.bpfgate.policy.ipe.parser.internal;

import org.jspecify.annotations.NullMarked;
