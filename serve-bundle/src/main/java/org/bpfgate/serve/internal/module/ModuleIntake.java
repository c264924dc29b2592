package org.bpfgate.serve.internal.module;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.bpfgate.control.ControlException;
import org.bpfgate.control.ControlException.Kind;
import org.bpfgate.control.ControlPeer;
import org.bpfgate.serve.internal.jar.CheckedJar;
import org.bpfgate.serve.internal.jar.JarException;
import org.bpfgate.serve.internal.jar.ModuleTrust;
import org.bpfgate.serve.internal.store.ModuleStore;
import org.bpfgate.serve.internal.store.Source;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Version;

/** The way of a jar into the framework: copied into the store, checked there, kept, installed. */
final class ModuleIntake {
    private final ModuleStore store;
    private final ModuleBundles bundles;
    private final ModulePlaces places;
    private final Problems problems;
    private final Path trust;
    private final BooleanSupplier allowUnsigned;
    private volatile Set<String> ofCandidate = Set.of();

    /**
     * Takes jars into a store.
     *
     * @param trust the directory of the certificates of those who may sign
     * @param allowUnsigned whether a jar needs no signature
     */
    ModuleIntake(
            ModuleStore store,
            ModuleBundles bundles,
            ModulePlaces places,
            Problems problems,
            Path trust,
            BooleanSupplier allowUnsigned) {
        this.store = store;
        this.bundles = bundles;
        this.places = places;
        this.problems = problems;
        this.trust = trust;
        this.allowUnsigned = allowUnsigned;
    }

    /** A jar that passed the check, under a name that the store will keep. */
    record Checked(ModuleStore.Draft draft, CheckedJar jar) {}

    /**
     * Copies and checks a file.
     *
     * @throws ControlException when it cannot be read, copied or taken; no copy stays
     */
    Checked taken(Path jar, boolean allowOlder) throws ControlException {
        return checked(copied(jar), jar, allowOlder);
    }

    /** Copies a file; the copy is the caller's, who lets it be checked or drops it. */
    ModuleStore.Draft copied(Path jar) throws ControlException {
        if (!Files.isRegularFile(jar)) {
            throw new ControlException(
                    Kind.BAD_INPUT, jar + (Files.exists(jar) ? ": is no regular file" : ": there is no such file"));
        }
        InputStream in;
        try {
            in = Files.newInputStream(jar);
        } catch (IOException e) {
            throw new ControlException(Kind.BAD_INPUT, jar + ": the gate cannot read it: " + e.getMessage());
        }
        try (in) {
            return store.copy(in);
        } catch (IOException e) {
            throw Transaction.failed("the module store cannot be written", e);
        }
    }

    /** Checks a copy of a file, which is dropped when it does not pass. */
    Checked checked(ModuleStore.Draft draft, Path jar, boolean allowOlder) throws ControlException {
        boolean passed = false;
        try {
            ModuleTrust signers = trust();
            CheckedJar result = CheckedJar.check(draft.path(), signers, Instant.now(), allowUnsigned.getAsBoolean());
            String ran = places.newest(result.bundle());
            if (!allowOlder && ran != null && result.version().compareTo(Version.parseVersion(ran)) < 0) {
                throw JarException.refused("has version " + result.version() + " of " + result.bundle() + ", and " + ran
                        + " ran before: take a newer one, or say --allow-older");
            }
            passed = true;
            return new Checked(draft, result);
        } catch (JarException e) {
            throw new ControlException(e.isRefused() ? Kind.REFUSED : Kind.BAD_INPUT, jar + " " + e.getMessage());
        } catch (IOException e) {
            throw Transaction.failed("the copy of " + jar + " cannot be read", e);
        } finally {
            if (!passed) {
                store.drop(draft.path());
            }
        }
    }

    private ModuleTrust trust() {
        ModuleTrust signers = ModuleTrust.read(trust);
        for (String problem : signers.problems()) {
            problems.set("trust " + problem, problem);
        }
        problems.retain(
                "trust ",
                signers.problems().stream().map(problem -> "trust " + problem).toList());
        return signers;
    }

    /** Returns what the index tells of a jar. */
    Source source(Checked checked, ControlPeer peer) {
        CheckedJar jar = checked.jar();
        return new Source(
                jar.bundle(),
                jar.version().toString(),
                checked.draft().sha256(),
                jar.signer(),
                Instant.now(),
                peer.uid(),
                peer.pid());
    }

    /** Keeps a jar and installs its bundle. */
    Bundle installed(Checked checked) throws ControlException {
        String sha256 = checked.draft().sha256();
        try {
            store.keep(checked.draft());
            return bundles.install(sha256, store.path(sha256));
        } catch (IOException e) {
            store.drop(checked.draft().path());
            clean(places.index().needed());
            throw Transaction.failed("the module store cannot be written", e);
        } catch (BundleException e) {
            clean(places.index().needed());
            throw Transaction.failed("the bundle cannot be installed", e);
        }
    }

    /** Returns the bundle of a source, which is installed from the store if it is not there. */
    Bundle restored(Source source) throws ControlException {
        Optional<Bundle> there = bundles.of(source);
        if (there.isPresent()) {
            return there.get();
        }
        String sha256 = source.sha256();
        if (sha256 == null) {
            throw new ControlException(Kind.FAILED, "the installation has no bundle " + source.bundle() + " any more");
        }
        if (!store.isWhole(sha256)) {
            throw new ControlException(Kind.FAILED, "its copy " + store.path(sha256) + " is damaged or missing");
        }
        try {
            // Valid when it was installed: a certificate that has expired since then does not stop a gate, one that was
            // taken away does.
            boolean wasUnsigned = source.signer().equals(CheckedJar.UNSIGNED);
            CheckedJar.check(store.path(sha256), trust(), source.since(), wasUnsigned && allowUnsigned.getAsBoolean());
            return bundles.install(sha256, store.path(sha256));
        } catch (JarException e) {
            throw new ControlException(Kind.REFUSED, "its copy " + e.getMessage());
        } catch (IOException | BundleException e) {
            throw Transaction.failed("its copy cannot be installed", e);
        }
    }

    void drop(ModuleStore.Draft draft) {
        store.drop(draft.path());
    }

    /** Keeps copies that are in no index yet. */
    void keepForCandidate(Set<String> copies) {
        ofCandidate = Set.copyOf(copies);
    }

    /** Deletes the copies that nobody needs. */
    void clean(Set<String> needed) {
        Set<String> kept = new HashSet<>(needed);
        kept.addAll(ofCandidate);
        store.retain(kept);
    }

    /** Opens the store. */
    void open() throws IOException {
        store.open();
    }
}
