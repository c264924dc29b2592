/**
 * The start of the bundle: the activator of the security module {@code ipe} and of the tools for authors of policies.
 *
 * <p>Imports of this bundle: {@code hook}, {@code service} and {@code tools}.
 */
@NullMarked
package org.bpfgate.policy.ipe.internal;

import org.jspecify.annotations.NullMarked;
