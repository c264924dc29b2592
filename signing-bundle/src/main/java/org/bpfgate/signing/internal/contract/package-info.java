/**
 * The signers, one for each contract: what a signature covers, and which keys the contract's verifiers know.
 *
 * <p>For the activator. Imports of this bundle: {@code key} and {@code message}.
 */
@NullMarked
package org.bpfgate.signing.internal.contract;

import org.jspecify.annotations.NullMarked;
