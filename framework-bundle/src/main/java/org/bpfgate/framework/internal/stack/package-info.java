/**
 * The immutable stack: a generation of modules, with a chain of hooks for each entry point, and the objects that carry
 * blobs.
 *
 * <p>Imports of this bundle: {@code log}.
 */
@NullMarked
package org.bpfgate.framework.internal.stack;

import org.jspecify.annotations.NullMarked;
