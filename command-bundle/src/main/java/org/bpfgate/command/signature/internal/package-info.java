/**
 * What a signature that does not fit its program was made over instead.
 *
 * <p>For the verbs. It imports {@code read} and the API of the framework.
 */
@NullMarked
package org.bpfgate.command.signature.internal;

import org.jspecify.annotations.NullMarked;
