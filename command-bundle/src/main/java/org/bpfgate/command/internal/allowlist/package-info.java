/**
 * The verbs {@code allowlist}: lists of program digests are built, merged, compared and queried.
 *
 * <p>Imports of this bundle: {@code context}, {@code gate}, {@code io}, {@code list}, {@code program} and
 * {@code read}.
 */
@NullMarked
package org.bpfgate.command.internal.allowlist;

import org.jspecify.annotations.NullMarked;
