/** Not exported: keeps faults that repeat from filling the log. */
@NullMarked
package org.bpfgate.log.internal;

import org.jspecify.annotations.NullMarked;
