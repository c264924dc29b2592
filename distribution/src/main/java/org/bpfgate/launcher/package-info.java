/**
 * Starts bpfgate: an OSGi framework with the bundles that a command needs, and then the command.
 *
 * <p>The bundles do not import this package, and it imports none of them.
 */
@NullMarked
package org.bpfgate.launcher;

import org.jspecify.annotations.NullMarked;
