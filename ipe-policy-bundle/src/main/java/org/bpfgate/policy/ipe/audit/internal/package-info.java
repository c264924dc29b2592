/**
 * The audit records of the module, {@code security/ipe/audit.c} of the kernel: each a value made from one event, worded to the
 * byte as the kernel words it, and as JSON.
 *
 * <p>Imported by the module and the policy store. Imports neither, nor parser or evaluation.
 */
@NullMarked
package org.bpfgate.policy.ipe.audit.internal;

import org.jspecify.annotations.NullMarked;
