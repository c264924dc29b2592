/**
 * Settings: the files of {@code conf.d}, and what holds without a file.
 *
 * <p>Imports of this bundle: {@code lifecycle} and {@code module}.
 */
@NullMarked
package org.bpfgate.serve.internal.settings;

import org.jspecify.annotations.NullMarked;
