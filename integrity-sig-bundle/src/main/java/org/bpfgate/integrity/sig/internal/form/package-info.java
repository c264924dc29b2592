/**
 * The forms in which signatures are handed in by mistake, and the commands that make a usable signature of each.
 *
 * <p>For the packages of this bundle that judge messages. Imports of this bundle: {@code asn1}.
 */
@NullMarked
package org.bpfgate.integrity.sig.internal.form;

import org.jspecify.annotations.NullMarked;
