/**
 * Private keys and certificates: in files, on tokens, behind commands.
 *
 * <p>For the signers. Imports of this bundle: {@code token}.
 */
@NullMarked
package org.bpfgate.signing.internal.key;

import org.jspecify.annotations.NullMarked;
