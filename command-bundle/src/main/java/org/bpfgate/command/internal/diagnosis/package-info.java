/**
 * The causes of calls of bpf(2) that fail.
 *
 * <p>Imports of this bundle: {@code host}.
 */
@NullMarked
package org.bpfgate.command.internal.diagnosis;

import org.jspecify.annotations.NullMarked;
