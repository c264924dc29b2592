/**
 * The audit records of the module, {@code security/ipe/audit.c} of the kernel: each a value made from one event, in
 * the words of the kernel and as JSON.
 *
 * <p>Imports of this bundle: none.
 */
@NullMarked
package org.bpfgate.policy.ipe.internal.audit;

import org.jspecify.annotations.NullMarked;
