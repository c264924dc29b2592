/**
 * The life of modules: how they are installed, replaced, rolled back and stopped, by verbs of the control socket and
 * by files of a directory.
 *
 * <p>Imports of this bundle: {@code history}, {@code jar} and {@code store}.
 */
@NullMarked
package org.bpfgate.serve.internal.module;

import org.jspecify.annotations.NullMarked;
