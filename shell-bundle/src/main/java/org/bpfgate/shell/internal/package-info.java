/**
 * The operator's shell: Gogo for the language, JLine for the terminal.
 *
 * <p>Imports of this bundle: none.
 */
@NullMarked
package org.bpfgate.shell.internal;

import org.jspecify.annotations.NullMarked;
