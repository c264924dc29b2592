/**
 * The verbs {@code policy}: policies are checked, explained, compared, compiled, and managed in a state directory.
 *
 * <p>Imports of this bundle: {@code context}, {@code findings}, {@code fix}, {@code gate}, {@code io} and
 * {@code report}.
 */
@NullMarked
package org.bpfgate.command.internal.policy;

import org.jspecify.annotations.NullMarked;
