/**
 * Keys on PKCS#11 tokens: the URI that names one, the module's list of tokens, and the key by the JDK's provider. The only package of
 * this bundle that uses the foreign function API.
 *
 * <p>For the package that finds keys. Imports of this bundle: none.
 */
@NullMarked
package org.bpfgate.signing.internal.token;

import org.jspecify.annotations.NullMarked;
