package org.bpfgate.serve.internal.jar;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Who signed all of a jar. Entries are verified by the JDK; this adds what it leaves to its caller: that every entry is signed, all by
 * one signer, and that the signature covers the whole manifest, whose main section decides what a bundle does.
 */
final class JarSignature {
    private static final String MANIFEST = JarFile.MANIFEST_NAME;
    private static final String META = "META-INF/";
    private static final String DIGEST = "-Digest-Manifest";

    /** The others that {@code jdk.jar.disabledAlgorithms} has are weak. */
    private static final Set<String> DIGESTS =
            Set.of("SHA-256", "SHA-384", "SHA-512", "SHA3-256", "SHA3-384", "SHA3-512");

    private final Path path;
    private final List<ZipLayout.Entry> entries;
    private final List<String> signatures = new ArrayList<>();
    private final List<String> blocks = new ArrayList<>();

    private JarSignature(Path path, List<ZipLayout.Entry> entries) {
        this.path = path;
        this.entries = entries;
        for (ZipLayout.Entry entry : entries) {
            if (isDirectlyIn(entry.name())) {
                String name = entry.name().toUpperCase(Locale.ROOT);
                if (name.endsWith(".SF")) {
                    signatures.add(entry.name());
                } else if (name.endsWith(".RSA") || name.endsWith(".EC") || name.endsWith(".DSA")) {
                    blocks.add(entry.name());
                }
            }
        }
    }

    private static boolean isDirectlyIn(String name) {
        return name.startsWith(META) && name.indexOf('/', META.length()) < 0;
    }

    /**
     * What the signature of a jar comes to.
     *
     * @param manifest its manifest
     * @param signer the certificate of the signer and those that came with it; empty when nothing is signed
     */
    record Result(Manifest manifest, List<X509Certificate> signer) {}

    /**
     * Reads all of a jar.
     *
     * @param entries its entries, whose layout was checked
     * @throws JarException when a part is not what was signed, or not everything is signed by one signer
     */
    static Result verify(Path path, List<ZipLayout.Entry> entries) throws IOException, JarException {
        return new JarSignature(path, entries).verify();
    }

    private Result verify() throws IOException, JarException {
        try (JarFile jar = new JarFile(path.toFile(), true, ZipFile.OPEN_READ, JarFile.baseVersion())) {
            JarEntry found = jar.getJarEntry(MANIFEST);
            if (found == null || !found.getName().equals(MANIFEST)) {
                throw JarException.unreadable("is no bundle: it has no manifest");
            }
            byte[] manifest = content(jar, MANIFEST);
            Manifest parsed = new Manifest(new ByteArrayInputStream(manifest));
            if (signatures.isEmpty() && blocks.isEmpty()) {
                readAll(jar);
                return new Result(parsed, List.of());
            }
            checkSignatureFile(jar, manifest);
            return new Result(parsed, signer(jar));
        } catch (SecurityException e) {
            throw JarException.refused("is not what was signed: " + e.getMessage());
        } catch (IOException e) {
            throw JarException.unreadable("is damaged: " + e.getMessage());
        }
    }

    /** An entry that cannot be unpacked would be found only when the module needs it. */
    private void readAll(JarFile jar) throws IOException, JarException {
        for (ZipLayout.Entry entry : entries) {
            if (!entry.isDirectory()) {
                read(jar, entry);
            }
        }
    }

    private void checkSignatureFile(JarFile jar, byte[] manifest) throws IOException, JarException {
        if (signatures.size() != 1 || blocks.size() != 1 || !base(signatures).equals(base(blocks))) {
            throw JarException.refused("is signed more than once, or its signature is incomplete: sign a jar without a"
                    + " signature, once");
        }
        Manifest signed = new Manifest(new ByteArrayInputStream(content(jar, signatures.getFirst())));
        boolean isCovered = false;
        for (Map.Entry<Object, Object> attribute : signed.getMainAttributes().entrySet()) {
            String key = ((Attributes.Name) attribute.getKey()).toString();
            if (key.endsWith(DIGEST)) {
                String algorithm = key.substring(0, key.length() - DIGEST.length());
                if (!DIGESTS.contains(algorithm)
                        || !Arrays.equals(digest(algorithm, manifest), decoded((String) attribute.getValue()))) {
                    throw JarException.refused("has a manifest that is not what was signed, or only by a weak digest");
                }
                isCovered = true;
            }
        }
        if (!isCovered) {
            throw JarException.refused(
                    "has a signature that does not cover the whole manifest: sign it without -sectionsonly");
        }
    }

    private static byte[] digest(String algorithm, byte[] content) {
        try {
            return MessageDigest.getInstance(algorithm).digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform has no " + algorithm, e);
        }
    }

    private static byte[] decoded(String base64) throws JarException {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw JarException.refused("has a damaged signature file: " + e.getMessage());
        }
    }

    private static String base(List<String> names) {
        String name = names.getFirst();
        return name.substring(0, name.lastIndexOf('.'));
    }

    private List<X509Certificate> signer(JarFile jar) throws IOException, JarException {
        List<X509Certificate> signer = null;
        for (ZipLayout.Entry entry : entries) {
            if (entry.isDirectory() || entry.name().equals(MANIFEST) || isSignature(entry.name())) {
                continue;
            }
            List<X509Certificate> found = signerOf(read(jar, entry), entry.name());
            if (signer != null && !signer.equals(found)) {
                throw JarException.refused("is signed by several signers: " + entry.name() + " by another one");
            }
            signer = found;
        }
        if (signer == null) {
            throw JarException.unreadable("is no bundle: it has nothing but a manifest");
        }
        return signer;
    }

    private boolean isSignature(String name) {
        return signatures.contains(name) || blocks.contains(name);
    }

    private static List<X509Certificate> signerOf(CodeSigner @Nullable [] signers, String name) throws JarException {
        if (signers == null || signers.length == 0) {
            throw JarException.refused("has an entry that is not signed, or only by weak algorithms: " + name);
        }
        if (signers.length > 1) {
            throw JarException.refused("is signed by several signers: " + name);
        }
        return signers[0].getSignerCertPath().getCertificates().stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    /** Reads an entry to its end, which verifies it, and returns who signed it. */
    private static CodeSigner @Nullable [] read(JarFile jar, ZipLayout.Entry entry) throws IOException, JarException {
        JarEntry found = jar.getJarEntry(entry.name());
        if (found == null || !found.getName().equals(entry.name())) {
            throw JarException.unreadable("has an entry that cannot be found: " + entry.name());
        }
        long count = 0;
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = jar.getInputStream(found)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                count += read;
                if (count > entry.size()) {
                    break;
                }
            }
        }
        if (count != entry.size()) {
            throw JarException.refused("has the entry " + entry.name() + " in another size than it says");
        }
        return found.getCodeSigners();
    }

    private static byte[] content(JarFile jar, String name) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getJarEntry(name))) {
            return in.readNBytes((int) ZipLayout.MOST_OF_ENTRY);
        }
    }
}
