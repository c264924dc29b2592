/** Tests of the allowlist. */
@NullMarked
package org.bpfgate.integrity.hash.internal;

import org.jspecify.annotations.NullMarked;
