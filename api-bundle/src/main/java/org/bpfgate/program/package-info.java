/**
 * What is loaded: programs, their instructions and digests, and the request to load one.
 *
 * <p>Every bundle of the gate and every module may import this package. It imports nothing but the JDK.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
@NullMarked
package org.bpfgate.program;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
