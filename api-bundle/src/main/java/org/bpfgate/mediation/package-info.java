/**
 * Enforcement in front of bpf(2): a command is run, and what it and its descendants load is decided on first.
 *
 * <p>Whoever starts commands under the gate imports this package; the bundle that talks to the kernel implements it. It imports
 * the other exported packages of this bundle only.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.bpfgate.mediation;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
