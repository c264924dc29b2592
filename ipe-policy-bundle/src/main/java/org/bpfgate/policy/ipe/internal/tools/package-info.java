/**
 * The tools for authors of policies: lint, difference, explanation.
 *
 * <p>Imports of this bundle: {@code bpf}, {@code event}, {@code parser}, {@code policy}, {@code property},
 * {@code search}, {@code store}, {@code text} and {@code vocabulary}.
 */
@NullMarked
package org.bpfgate.policy.ipe.internal.tools;

import org.jspecify.annotations.NullMarked;
