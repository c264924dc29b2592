/**
 * The forms in which signatures are handed in by mistake, and the commands that make a usable signature of each.
 *
 * <p>For the packages of this bundle that judge messages. It imports {@code asn1} and nothing else of the gate.
 */
@NullMarked
package org.bpfgate.integrity.sig.form.internal;

import org.jspecify.annotations.NullMarked;
