/**
 * What every verb runs in: the console, the installation, services of other bundles, exit codes, and words of the
 * command line.
 *
 * <p>Imports of this bundle: {@code io}.
 */
@NullMarked
package org.bpfgate.command.internal.context;

import org.jspecify.annotations.NullMarked;
