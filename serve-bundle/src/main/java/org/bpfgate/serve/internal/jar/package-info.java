/**
 * The check of a module's jar, before anything of it runs: its layout as a zip file, its signature, its signer, its
 * manifest.
 *
 * <p>Imports of this bundle: none.
 */
@NullMarked
package org.bpfgate.serve.internal.jar;

import org.jspecify.annotations.NullMarked;
