/** Not exported: the registry behind the hooks, its generations, and the walk of a call through one of them. */
@NullMarked
package org.bpfgate.hook.internal;

import org.jspecify.annotations.NullMarked;
