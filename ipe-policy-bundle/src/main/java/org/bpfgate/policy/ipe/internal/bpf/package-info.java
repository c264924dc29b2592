/**
 * What a program calls and uses, and the kernel's names for it: helpers, kernel functions, map types, licences.
 *
 * <p>Imports of this bundle: none.
 */
@NullMarked
package org.bpfgate.policy.ipe.internal.bpf;

import org.jspecify.annotations.NullMarked;
