/**
 * Compiles, searches and compares lists for the command line.
 *
 * <p>Imports the API and, of this bundle, {@code file}, {@code index}, {@code list}, {@code record} and {@code text}.
 */
@NullMarked
package org.bpfgate.integrity.hash.internal.compile;

import org.jspecify.annotations.NullMarked;
