/**
 * The bundle's life: its services and its configuration.
 *
 * <p>Nobody imports this package.
 */
@NullMarked
package org.bpfgate.integrity.sig.internal;

import org.jspecify.annotations.NullMarked;
