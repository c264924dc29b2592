package org.bpfgate.integrity.hash.internal;

import java.time.Instant;
import java.util.Optional;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;

/**
 * A manifest of programs to let in whose signature was good and is not any more, because its signer left the keyring or was
 * revoked. It lets nothing in; it is kept to say so, and because its signer may come back.
 *
 * @param manifest what it was
 */
record DistrustedList(ManifestList manifest) implements Signed {
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
    public Optional<String> find(ProgramDigest digest) {
        return manifest.find(digest);
    }

    /** Names are of use only where the list counts. */
    @Override
    public Optional<String> find(String name, ProgramType type) {
        return Optional.empty();
    }
}
