/**
 * The properties that read what verifiers report on a BPF load: verdicts, signers, keyrings.
 *
 * <p>Imports the API and, of this bundle, {@code event} and {@code property}.
 */
@NullMarked
package org.bpfgate.policy.ipe.internal.property.signature;

import org.jspecify.annotations.NullMarked;
