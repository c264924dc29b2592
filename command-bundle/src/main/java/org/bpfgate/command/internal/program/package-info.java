/**
 * Programs as files hold them: instructions, the section that they are from, and appended signatures.
 *
 * <p>Imports of this bundle: {@code io}.
 */
@NullMarked
package org.bpfgate.command.internal.program;

import org.jspecify.annotations.NullMarked;
