/**
 * The bundle's life: one service for each contract.
 *
 * <p>Nobody imports this package. Imports of this bundle: {@code contract}.
 */
@NullMarked
package org.bpfgate.signing.internal;

import org.jspecify.annotations.NullMarked;
