/**
 * A module that does nothing, and the bundles that bring it.
 *
 * <p>Copied into each such bundle, so that each has classes of its own. The activator and the module import the framework's API only.
 */
@NullMarked
package org.bpfgate.benchmarks.module;

import org.jspecify.annotations.NullMarked;
