/**
 * Feature probes: the loads by which loaders find out what a kernel can do. They are data, a list of exact shapes that
 * a site can replace. This package reads the list, finds the entry of a load, and makes the inert programs that are
 * handed over for probes.
 *
 * <p>It makes no system call. Imports of this bundle: none.
 */
@NullMarked
package org.bpfgate.kernel.internal.probe;

import org.jspecify.annotations.NullMarked;
