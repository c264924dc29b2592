/**
 * Lists of digests as they decide: text, compiled and signed lists, the verdict on a load, and the verifier
 * {@code allowlist}.
 *
 * <p>Imports of this bundle: {@code index} and {@code record}.
 */
@NullMarked
package org.bpfgate.integrity.hash.internal.list;

import org.jspecify.annotations.NullMarked;
