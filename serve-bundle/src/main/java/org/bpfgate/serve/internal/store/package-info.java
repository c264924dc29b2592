/**
 * The module store: private copies of jars, named by their digests, and the index that says which of them run.
 *
 * <p>Imports of this bundle: none.
 */
@NullMarked
package org.bpfgate.serve.internal.store;

import org.jspecify.annotations.NullMarked;
