/**
 * From the text of a policy to a policy: {@code security/ipe/policy_parser.c} of the kernel, with the place and the
 * reason of each error in addition to its number.
 *
 * <p>Imports of this bundle: {@code event}, {@code policy}, {@code property}, {@code text} and {@code vocabulary}.
 */
@NullMarked
package org.bpfgate.policy.ipe.internal.parser;

import org.jspecify.annotations.NullMarked;
