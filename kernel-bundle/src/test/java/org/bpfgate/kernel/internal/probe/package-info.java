@NullMarked
package org.bpfgate.kernel.internal.probe;

import org.jspecify.annotations.NullMarked;
