/**
 * The tools for authors of policies: lint, difference, explanation.
 *
 * <p>Imports the API and, of this bundle, {@code bpf}, {@code event}, {@code parser}, {@code policy},
 * {@code property}, {@code property.file}, {@code property.load}, {@code property.signature}, {@code search},
 * {@code store} and {@code text}.
 */
@NullMarked
package org.bpfgate.policy.ipe.internal.tools;

import org.jspecify.annotations.NullMarked;
