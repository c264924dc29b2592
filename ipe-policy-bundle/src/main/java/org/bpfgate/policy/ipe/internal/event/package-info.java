/**
 * The event that a policy is asked about, {@code struct ipe_eval_ctx}: the operation, the file, or the BPF load with
 * its program and the reports on it.
 *
 * <p>Imports of this bundle: {@code bpf}.
 */
@NullMarked
package org.bpfgate.policy.ipe.internal.event;

import org.jspecify.annotations.NullMarked;
