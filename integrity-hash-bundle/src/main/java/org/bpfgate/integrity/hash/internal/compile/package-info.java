/**
 * Compiles, searches and compares lists for the command line.
 *
 * <p>Imports of this bundle: {@code file}, {@code index}, {@code list}, {@code record} and {@code text}.
 */
@NullMarked
package org.bpfgate.integrity.hash.internal.compile;

import org.jspecify.annotations.NullMarked;
