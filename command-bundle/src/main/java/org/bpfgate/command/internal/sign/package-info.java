/**
 * The verb {@code sign}.
 *
 * <p>Imports of this bundle: {@code context}, {@code io}, {@code program}, {@code read}, {@code report} and
 * {@code signature}.
 */
@NullMarked
package org.bpfgate.command.internal.sign;

import org.jspecify.annotations.NullMarked;
