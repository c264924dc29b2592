/** Tests of the compiled index. */
@NullMarked
package org.bpfgate.integrity.hash.index.internal;

import org.jspecify.annotations.NullMarked;
