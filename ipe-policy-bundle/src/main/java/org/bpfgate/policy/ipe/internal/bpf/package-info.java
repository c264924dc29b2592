/**
 * What a program calls and uses, and the kernel's names for it: helpers, kernel functions, map types, licences.
 *
 * <p>Imports the API and no other package of this bundle.
 */
@NullMarked
package org.bpfgate.policy.ipe.internal.bpf;

import org.jspecify.annotations.NullMarked;
