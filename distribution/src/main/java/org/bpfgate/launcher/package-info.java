/**
 * Starts bpfgate: an OSGi framework with the bundles that a command needs, and then the command.
 *
 * <p>Nobody imports this package, and it imports none of the bundles.
 */
@NullMarked
package org.bpfgate.launcher;

import org.jspecify.annotations.NullMarked;
