/**
 * The control socket of the running gate: what its verbs are made of, and local sockets with the credentials of the peer. A bundle adds a
 * verb by a service {@link org.bpfgate.control.ControlVerb}; the bundle that serves the socket calls it.
 *
 * <p>Every bundle of the gate and every module may import this package. It imports no other package of bpfgate.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
@NullMarked
package org.bpfgate.control;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
