/**
 * The CMS messages that signatures travel in, by Bouncy Castle.
 *
 * <p>For the signers. Imports of this bundle: {@code key}.
 */
@NullMarked
package org.bpfgate.signing.internal.message;

import org.jspecify.annotations.NullMarked;
