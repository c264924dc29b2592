/**
 * Local sockets with the credentials of the peer and with file descriptors: unix(7).
 *
 * <p>Imports of this bundle: {@code syscall}.
 */
@NullMarked
package org.bpfgate.kernel.internal.local;

import org.jspecify.annotations.NullMarked;
