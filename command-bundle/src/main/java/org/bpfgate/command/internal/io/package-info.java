/**
 * Standard streams, files that are read with a bound and written whole, and the errors of both.
 *
 * <p>Imports of this bundle: none.
 */
@NullMarked
package org.bpfgate.command.internal.io;

import org.jspecify.annotations.NullMarked;
