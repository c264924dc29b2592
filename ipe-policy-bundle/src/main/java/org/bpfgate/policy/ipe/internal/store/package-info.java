/**
 * The policies of one module: loaded, updated, activated and deleted, and kept on disk; {@code security/ipe/policy.c}
 * and {@code policy_fs.c} of the kernel, and what a kernel does not need because it forgets at the next start.
 *
 * <p>Imports of this bundle: {@code audit}, {@code event}, {@code parser}, {@code policy} and {@code text}.
 */
@NullMarked
package org.bpfgate.policy.ipe.internal.store;

import org.jspecify.annotations.NullMarked;
