/**
 * The client of the running gate's control socket.
 *
 * <p>Imports of this bundle: {@code context}.
 */
@NullMarked
package org.bpfgate.command.internal.control;

import org.jspecify.annotations.NullMarked;
