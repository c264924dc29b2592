/**
 * What the gate tells systemd, and the descriptors that systemd keeps for it.
 *
 * <p>Imports of this bundle: none.
 */
@NullMarked
package org.bpfgate.serve.internal.systemd;

import org.jspecify.annotations.NullMarked;
