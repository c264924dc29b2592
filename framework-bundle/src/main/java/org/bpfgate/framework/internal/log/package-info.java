/**
 * Faults that repeat, counted and logged when that changes.
 *
 * <p>Imports of this bundle: none.
 */
@NullMarked
package org.bpfgate.framework.internal.log;

import org.jspecify.annotations.NullMarked;
