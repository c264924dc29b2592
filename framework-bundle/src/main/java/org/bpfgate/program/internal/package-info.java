/** Not exported: what only the framework itself may do with objects. */
@NullMarked
package org.bpfgate.program.internal;

import org.jspecify.annotations.NullMarked;
