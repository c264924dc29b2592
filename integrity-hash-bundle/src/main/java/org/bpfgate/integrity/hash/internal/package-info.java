/**
 * The start of the bundle: the activator of the verifier {@code allowlist}, its settings and when it joins the stack.
 *
 * <p>Imports of this bundle: {@code compile}, {@code file}, {@code list}, {@code reload} and {@code text}.
 */
@NullMarked
package org.bpfgate.integrity.hash.internal;

import org.jspecify.annotations.NullMarked;
