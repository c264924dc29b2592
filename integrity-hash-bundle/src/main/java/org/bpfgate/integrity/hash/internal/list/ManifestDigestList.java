package org.bpfgate.integrity.hash.internal.list;

import java.util.Optional;
import org.bpfgate.program.ProgramDigest;

/**
 * A signed manifest. It keeps the message that it came in, so that its signature can be judged again when the keyrings change,
 * whatever the file holds by then.
 */
public final class ManifestDigestList implements SignedDigestList {
    private final TextDigestList content;
    private final byte[] message;

    /**
     * Wraps what was verified.
     *
     * @param content what was signed, with the signer
     * @param message the CMS message; not copied, and not changed by anybody
     */
    public ManifestDigestList(TextDigestList content, byte[] message) {
        this.content = content;
        this.message = message;
    }

    @Override
    public ManifestDigestList manifest() {
        return this;
    }

    /** Returns the CMS message; not a copy. */
    public byte[] message() {
        return message;
    }

    @Override
    public Provenance provenance() {
        return content.provenance();
    }

    @Override
    public Validity validity() {
        return content.validity();
    }

    @Override
    public Optional<DigestListing> find(ProgramDigest digest, LoadKind load) {
        return content.find(digest, load);
    }

    @Override
    public Optional<Namesake> namesake(LoadKind load) {
        return content.namesake(load);
    }
}
