/**
 * What is wrong with the gate now, as health checks.
 *
 * <p>Imports of this bundle: none.
 */
@NullMarked
package org.bpfgate.observe.internal.health;

import org.jspecify.annotations.NullMarked;
