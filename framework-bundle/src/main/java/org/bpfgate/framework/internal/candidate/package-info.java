/**
 * The candidate beside the live stack: it decides on what the live stack has decided on, and the decisions are compared.
 *
 * <p>Imports of this bundle: {@code call}, {@code registry} and {@code stack}.
 */
@NullMarked
package org.bpfgate.framework.internal.candidate;

import org.jspecify.annotations.NullMarked;
