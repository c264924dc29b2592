/**
 * Standard input, standard output and standard error, as the verbs use them, and files that are written.
 *
 * <p>The verbs of this bundle import this package. It imports {@code org.bpfgate.command.read.internal} for its exception, and never the
 * verbs.
 */
@NullMarked
package org.bpfgate.command.stream.internal;

import org.jspecify.annotations.NullMarked;
