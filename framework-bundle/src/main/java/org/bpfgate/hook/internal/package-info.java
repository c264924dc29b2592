/** Not exported: the registry behind the hooks, and the walk of a load through it. */
@NullMarked
package org.bpfgate.hook.internal;

import org.jspecify.annotations.NullMarked;
