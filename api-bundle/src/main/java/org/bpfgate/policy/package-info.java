/**
 * The life of policies: which are loaded, which one decides, and how that changes; what the kernel offers as files in
 * {@code /sys/kernel/security/ipe}. And the tools of who writes them, which the kernel lacks.
 *
 * <p>Every bundle of the gate and every module may import this package. It imports {@code org.bpfgate.audit},
 * {@code org.bpfgate.hook}, {@code org.bpfgate.integrity}, {@code org.bpfgate.program} and {@code org.bpfgate.stack} only.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
@NullMarked
package org.bpfgate.policy;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
