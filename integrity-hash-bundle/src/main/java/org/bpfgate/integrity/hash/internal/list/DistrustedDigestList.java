package org.bpfgate.integrity.hash.internal.list;

import java.time.Instant;
import java.util.Optional;
import org.bpfgate.program.ProgramDigest;

/**
 * A manifest of allowed programs whose signature was good and is not any more, because its signer left the keyring or was
 * revoked. It allows nothing; it is kept to say so, and because its signer may come back.
 *
 * @param manifest what it was
 */
public record DistrustedDigestList(ManifestDigestList manifest) implements SignedDigestList {
    @Override
    public Provenance provenance() {
        return manifest.provenance();
    }

    @Override
    public Validity validity() {
        return manifest.validity();
    }

    @Override
    public boolean counts(Instant now) {
        return false;
    }

    @Override
    public String whyNot(Instant now) {
        return "is signed by " + provenance().signer() + ", who is not trusted any more";
    }

    @Override
    public Optional<DigestListing> find(ProgramDigest digest, LoadKind load) {
        return manifest.find(digest, load);
    }

    /** Names are of use only where the list counts. */
    @Override
    public Optional<Namesake> namesake(LoadKind load) {
        return Optional.empty();
    }
}
