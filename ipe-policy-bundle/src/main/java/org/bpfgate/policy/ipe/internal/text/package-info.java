/**
 * The text of a policy before it has a meaning: lines, words and their places, and the errors that name them.
 *
 * <p>Imports of this bundle: {@code event}.
 */
@NullMarked
package org.bpfgate.policy.ipe.internal.text;

import org.jspecify.annotations.NullMarked;
