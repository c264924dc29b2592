/**
 * The BPF hooks of the LSM framework: what a module implements. Who calls them uses {@code org.bpfgate.stack}.
 *
 * <p>Every bundle of the gate and every module may import this package. It imports {@code org.bpfgate.audit},
 * {@code org.bpfgate.integrity} and {@code org.bpfgate.program} only.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
@NullMarked
package org.bpfgate.hook;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
