/**
 * What the next gate gets of this one: the descriptions of listeners in a file, their descriptors by systemd's store or by a take-over.
 *
 * <p>Imports of this bundle: {@code socket} and {@code systemd}.
 */
@NullMarked
package org.bpfgate.serve.internal.restart;

import org.jspecify.annotations.NullMarked;
