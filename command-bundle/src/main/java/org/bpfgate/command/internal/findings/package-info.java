/**
 * The findings of {@code policy lint}, printed as text, JSON or SARIF.
 *
 * <p>Imports of this bundle: {@code context} and {@code io}.
 */
@NullMarked
package org.bpfgate.command.internal.findings;

import org.jspecify.annotations.NullMarked;
