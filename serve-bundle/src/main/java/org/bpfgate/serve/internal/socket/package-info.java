/**
 * The control socket: connections, the JSON lines of requests and replies, and the calls of verbs.
 *
 * <p>Imports of this bundle: none.
 */
@NullMarked
package org.bpfgate.serve.internal.socket;

import org.jspecify.annotations.NullMarked;
