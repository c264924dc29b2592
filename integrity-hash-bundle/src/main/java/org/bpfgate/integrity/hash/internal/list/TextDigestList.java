package org.bpfgate.integrity.hash.internal.list;

import java.util.Optional;
import org.bpfgate.integrity.hash.internal.record.NameMatch;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;

/**
 * A text list, plain or out of a signed manifest.
 *
 * @param label the file
 * @param signer who signed it; empty for nobody
 * @param validity when it counts
 * @param entries what it lists
 */
public record TextDigestList(String label, String signer, Validity validity, Allowlist entries) implements DigestList {
    @Override
    public Provenance provenance() {
        return new Provenance(
                label,
                signer.isEmpty() ? "text" : "manifest",
                signer,
                entries.size(),
                entries.entries(),
                entries.untyped(),
                entries.fileHashes(),
                validity);
    }

    @Override
    public Optional<DigestListing> find(ProgramDigest digest, LoadKind load) {
        DigestListing best = null;
        for (AllowlistEntry entry : entries.find(digest)) {
            DigestListing listing = listing(entry, load);
            if (listing.isBetterThan(best)) {
                best = listing;
            }
        }
        return Optional.ofNullable(best);
    }

    private DigestListing listing(AllowlistEntry entry, LoadKind load) {
        Mismatch mismatch = load.mismatch(entry);
        String place = entry.source() == null ? describe(entry) : describe(entry) + ", source " + entry.source();
        ProgramType type = entry.type();
        return mismatch == null || type == null
                ? DigestListing.counting(place)
                : new DigestListing(place, mismatch, load.explain(mismatch, type, entry.attachText()));
    }

    @Override
    public Optional<Namesake> namesake(LoadKind load) {
        Namesake found = null;
        for (AllowlistEntry entry : entries.namesakes(load.name(), load.type())) {
            NameMatch match = NameMatch.of(entry.name(), load.name());
            if (match != NameMatch.NONE && (found == null || match.compareTo(found.match()) > 0)) {
                found = new Namesake(match, describe(entry));
            }
        }
        return Optional.ofNullable(found);
    }

    private String describe(AllowlistEntry entry) {
        StringBuilder text = new StringBuilder("name ").append(entry.name());
        if (entry.type() != null) {
            text.append(" type ").append(entry.type().label());
        }
        if (entry.attachText() != null) {
            text.append(" attach ").append(entry.attachText());
        }
        return text.append(" in list ")
                .append(entry.place())
                .append(signer.isEmpty() ? "" : " signed by " + signer)
                .toString();
    }
}
