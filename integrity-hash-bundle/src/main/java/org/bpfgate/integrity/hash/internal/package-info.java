/**
 * The verifier {@code allowlist}: programs known by their digest from text lists, compiled lists and signed manifests. The activator registers what the rest of
 * the gate sees; nobody imports this package, and it imports the framework's exported packages and OSGi only.
 */
@NullMarked
package org.bpfgate.integrity.hash.internal;

import org.jspecify.annotations.NullMarked;
