/** The audit sink: a bounded queue, a thread, and a file; {@code kernel/audit.c} of the kernel. Imported by nobody. */
@NullMarked
package org.bpfgate.audit.internal;

import org.jspecify.annotations.NullMarked;
