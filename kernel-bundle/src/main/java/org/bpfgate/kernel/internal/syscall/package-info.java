/**
 * The native edge: system calls, their numbers and layouts, and memory outside the heap. Nothing else in this project
 * imports {@code java.lang.foreign}. It knows nothing of hooks, policies and mediation.
 *
 * <p>Each number names the header that it comes from. Headers are those of Linux 6.18. Imports of this bundle: none.
 */
@NullMarked
package org.bpfgate.kernel.internal.syscall;

import org.jspecify.annotations.NullMarked;
