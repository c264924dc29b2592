/**
 * The policies of one module: loaded, updated, activated and deleted, and kept on disk; {@code security/ipe/policy.c} and
 * {@code policy_fs.c} of the kernel, and what a kernel does not need because it forgets at the next start.
 *
 * <p>Imported by the module, which offers it as a service. Imports the framework's API, the parser, the evaluation and the
 * audit records.
 */
@NullMarked
package org.bpfgate.policy.ipe.store.internal;

import org.jspecify.annotations.NullMarked;
