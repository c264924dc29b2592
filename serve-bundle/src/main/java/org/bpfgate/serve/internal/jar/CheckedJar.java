package org.bpfgate.serve.internal.jar;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * The jar of a module that passed the check.
 *
 * @param bundle its symbolic name
 * @param version its version
 * @param signer who signed it, for people; {@value #UNSIGNED} for one without a signature
 */
public record CheckedJar(String bundle, Version version, String signer) {
    /** In place of the name of a signer. */
    public static final String UNSIGNED = "unsigned";

    /** What the gate itself consists of; none of it is a module. */
    private static final Set<String> CORE = Set.of(
            "org.bpfgate.api",
            "org.bpfgate.framework",
            "org.bpfgate.serve",
            "org.bpfgate.kernel",
            "org.bpfgate.command",
            "org.bpfgate.crypto");

    /**
     * Checks a jar that nobody changes meanwhile: a private copy.
     *
     * @param trust who may sign
     * @param at the time at which the signer's certificate has to be valid
     * @param allowUnsigned whether one without any signature will do
     * @throws JarException when it is not to run
     */
    public static CheckedJar check(Path copy, ModuleTrust trust, Instant at, boolean allowUnsigned)
            throws IOException, JarException {
        JarSignature.Result result = JarSignature.verify(copy, ZipLayout.check(copy));
        List<X509Certificate> signer = result.signer();
        if (signer.isEmpty() && !allowUnsigned) {
            throw JarException.refused(
                    "is not signed: sign it with jarsigner, with a key whose certificate is trusted");
        }
        if (!signer.isEmpty()) {
            trust.check(signer, at);
        }
        return of(result.manifest(), signer.isEmpty() ? UNSIGNED : ModuleTrust.name(signer.getFirst()));
    }

    private static CheckedJar of(Manifest manifest, String signer) throws JarException {
        Attributes main = manifest.getMainAttributes();
        String name = main.getValue(Constants.BUNDLE_SYMBOLICNAME);
        if (name == null || !"2".equals(trimmed(main.getValue(Constants.BUNDLE_MANIFESTVERSION)))) {
            throw JarException.unreadable(
                    "is no bundle: its manifest has no Bundle-SymbolicName, or no" + " Bundle-ManifestVersion: 2");
        }
        if (main.getValue(Constants.FRAGMENT_HOST) != null) {
            throw JarException.refused("is a fragment of another bundle, and a module is a bundle of its own");
        }
        String symbolic = name.split(";", 2)[0].trim();
        if (!symbolic.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*") || symbolic.length() > 255) {
            throw JarException.unreadable("is no bundle: Bundle-SymbolicName is \"" + printable(symbolic) + "\"");
        }
        if (CORE.contains(symbolic.toLowerCase(Locale.ROOT))) {
            throw JarException.refused(
                    "is " + symbolic + ", which is no module but a part of the gate: update the installation");
        }
        return new CheckedJar(symbolic, version(main.getValue(Constants.BUNDLE_VERSION)), signer);
    }

    private static Version version(@Nullable String text) throws JarException {
        try {
            return Version.parseVersion(text);
        } catch (IllegalArgumentException e) {
            throw JarException.unreadable(
                    "is no bundle: Bundle-Version is \"" + printable(String.valueOf(text)) + "\"");
        }
    }

    private static String printable(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() > 80 ? line.substring(0, 80) + "…" : line;
    }

    private static String trimmed(@Nullable String text) {
        return text == null ? "" : text.trim();
    }
}
