/**
 * The bundle's life: its services and its configuration.
 *
 * <p>Nobody imports this package. Imports of this bundle: {@code file}, {@code hornet}, {@code keyring},
 * {@code manifest} and {@code nativesig}.
 */
@NullMarked
package org.bpfgate.integrity.sig.internal;

import org.jspecify.annotations.NullMarked;
