/**
 * What verifiers report: verdicts, reports and signers; and the services that sign.
 *
 * <p>Every bundle of the gate and every module may import this package. It imports {@code org.bpfgate.program} only.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
@NullMarked
package org.bpfgate.integrity;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
