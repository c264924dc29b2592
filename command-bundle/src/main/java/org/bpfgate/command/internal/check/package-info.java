/**
 * The verbs {@code check}, {@code verify} and {@code test}: programs are decided on, and decisions are compared with
 * expected ones.
 *
 * <p>Imports of this bundle: {@code context}, {@code control}, {@code gate}, {@code io}, {@code program},
 * {@code read}, {@code report} and {@code signature}.
 */
@NullMarked
package org.bpfgate.command.internal.check;

import org.jspecify.annotations.NullMarked;
