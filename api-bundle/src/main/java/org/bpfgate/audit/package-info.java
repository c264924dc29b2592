/**
 * What a decision leaves behind for people and machines to read.
 *
 * <p>Every bundle of the gate and every module may import this package. It imports {@code org.bpfgate.program}.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
@NullMarked
package org.bpfgate.audit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
