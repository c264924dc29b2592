/**
 * The BPF hooks of the LSM framework and the entry points that call them.
 *
 * <p>Every bundle of the gate and every module may import this package. It imports the other exported packages of this
 * bundle only.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
@NullMarked
package org.bpfgate.hook;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
