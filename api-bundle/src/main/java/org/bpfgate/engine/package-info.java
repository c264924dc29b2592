/**
 * What the API and the framework bundle share and no module uses: the key to the blobs of an object, and texts for the log. An import
 * needs the attribute {@code for=framework}, so that no bundle gets this package by accident.
 *
 * <p>Only the framework bundle imports this package. It imports nothing but the JDK.
 */
@Export(
        substitution = Export.Substitution.NOIMPORT,
        attribute = {"for=framework", "mandatory:=for"})
@Version("1.0.0")
@NullMarked
package org.bpfgate.engine;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
