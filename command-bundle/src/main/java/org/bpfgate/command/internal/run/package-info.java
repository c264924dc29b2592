/**
 * The verbs {@code run}, {@code exec} and {@code learn}: commands whose loads the gate decides on or lists.
 *
 * <p>Imports of this bundle: {@code context}, {@code gate}, {@code io}, {@code list} and {@code program}.
 */
@NullMarked
package org.bpfgate.command.internal.run;

import org.jspecify.annotations.NullMarked;
