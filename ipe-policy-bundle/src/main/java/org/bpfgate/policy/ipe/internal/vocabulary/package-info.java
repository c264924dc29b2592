/**
 * The properties of the policy language: the key, the dialect and the parser of the values of each.
 *
 * <p>Imports of this bundle: {@code bpf}, {@code event}, {@code property} and {@code text}.
 */
@NullMarked
package org.bpfgate.policy.ipe.internal.vocabulary;

import org.jspecify.annotations.NullMarked;
