package org.bpfgate.serve.internal.jar;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The certificates of those who may sign module bundles: every file of a directory, PEM or DER. A signer is trusted when its own
 * certificate is there, or that of an authority which issued it, over any number of others that come with the signature.
 */
public final class ModuleTrust {
    private static final int LARGEST_FILE = 1 << 20;

    /** RFC 5280, 4.2.1.12: id-kp-codeSigning and anyExtendedKeyUsage. */
    private static final Set<String> MAY_SIGN_CODE = Set.of("1.3.6.1.5.5.7.3.3", "2.5.29.37.0");

    private final Path directory;
    private final Set<X509Certificate> certificates = new LinkedHashSet<>();
    private final List<String> problems = new ArrayList<>();

    private ModuleTrust(Path directory) {
        this.directory = directory;
    }

    /** Reads a directory, which need not exist: then nobody is trusted. A file that cannot be read is a problem, and the others count. */
    public static ModuleTrust read(Path directory) {
        ModuleTrust trust = new ModuleTrust(directory);
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                files.filter(file -> !file.getFileName().toString().startsWith("."))
                        .sorted()
                        .forEach(trust::add);
            } catch (IOException e) {
                trust.problems.add(directory + " cannot be read: " + e.getMessage());
            }
        }
        return trust;
    }

    private void add(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) {
                problems.add(file + ": no file with certificates; nobody is trusted for it");
                return;
            }
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Certificate certificate :
                    factory.generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))) {
                certificates.add((X509Certificate) certificate);
            }
        } catch (IOException | CertificateException e) {
            problems.add(file + ": no certificates, PEM or DER: " + e.getMessage() + "; nobody is trusted for it");
        }
    }

    /** Returns what is wrong with the files, a line each. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /**
     * Checks a signer.
     *
     * @param chain its certificate, and those that came with it
     * @param at the time at which its certificate has to be valid
     * @throws JarException when it is not trusted; the message tells why and what to do
     */
    void check(List<X509Certificate> chain, Instant at) throws JarException {
        X509Certificate signer = chain.getFirst();
        String name = name(signer);
        try {
            signer.checkValidity(Date.from(at));
        } catch (CertificateExpiredException e) {
            throw JarException.refused("is signed by " + name + ", whose certificate expired on "
                    + signer.getNotAfter().toInstant() + ": sign it with one that is valid");
        } catch (CertificateNotYetValidException e) {
            throw JarException.refused("is signed by " + name + ", whose certificate is not valid before "
                    + signer.getNotBefore().toInstant() + ": look at the clock, or sign it with one that is valid");
        }
        if (!certificates.contains(signer)) {
            checkIssuers(chain, at);
        }
    }

    private void checkIssuers(List<X509Certificate> chain, Instant at) throws JarException {
        X509Certificate signer = chain.getFirst();
        Set<TrustAnchor> authorities = certificates.stream()
                .filter(certificate -> certificate.getBasicConstraints() >= 0)
                .map(certificate -> new TrustAnchor(certificate, null))
                .collect(Collectors.toSet());
        String stranger =
                "is signed by " + name(signer) + ", who may not sign modules: neither that certificate (SHA-256 "
                        + fingerprint(signer) + ") nor one of an authority that issued it is in " + directory;
        if (authorities.isEmpty()) {
            throw JarException.refused(stranger);
        }
        try {
            X509CertSelector target = new X509CertSelector();
            target.setCertificate(signer);
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(authorities, target);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(at));
            CertPathBuilder.getInstance("PKIX").build(parameters);
        } catch (CertPathBuilderException e) {
            throw JarException.refused(
                    hasExpired(e)
                            ? "is signed by " + name(signer)
                                    + ", and a certificate above that has expired: renew it in " + directory
                                    + " or in the signature"
                            : stranger);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has PKIX", e);
        }
        checkUsage(signer);
    }

    private static boolean hasExpired(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return true;
            }
        }
        return false;
    }

    /** An authority issues certificates for other things, too, such as those of web servers. */
    private static void checkUsage(X509Certificate signer) throws JarException {
        try {
            List<String> usages = signer.getExtendedKeyUsage();
            boolean[] keyUsage = signer.getKeyUsage();
            if ((usages != null && usages.stream().noneMatch(MAY_SIGN_CODE::contains))
                    || (keyUsage != null && !keyUsage[0])
                    || signer.getBasicConstraints() >= 0) {
                throw JarException.refused(
                        "is signed by " + name(signer)
                                + ", whose certificate was not issued to sign code: get one with the extended key usage codeSigning");
            }
        } catch (CertificateException e) {
            throw JarException.refused(
                    "is signed by " + name(signer) + ", whose certificate is damaged: " + e.getMessage());
        }
    }

    /** Returns the subject of a certificate, for people. */
    static String name(X509Certificate certificate) {
        StringBuilder name = new StringBuilder();
        certificate
                .getSubjectX500Principal()
                .getName()
                .codePoints()
                .forEach(c -> name.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        return name.isEmpty() ? "a certificate without a name" : name.toString();
    }

    /** Returns the SHA-256 of a certificate's DER form. */
    static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was parsed has an encoding", e);
        }
    }
}
