/**
 * The history of the stack: which changes operators made, kept in a file.
 *
 * <p>Imports of this bundle: none.
 */
@NullMarked
package org.bpfgate.serve.internal.history;

import org.jspecify.annotations.NullMarked;
