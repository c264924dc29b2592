/** Not exported: the verbs of the command line, and what they print. */
@NullMarked
package org.bpfgate.command.internal;

import org.jspecify.annotations.NullMarked;
