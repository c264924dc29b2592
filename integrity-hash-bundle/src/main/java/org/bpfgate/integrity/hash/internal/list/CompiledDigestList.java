package org.bpfgate.integrity.hash.internal.list;

import java.util.Optional;
import org.bpfgate.integrity.hash.internal.index.CompiledIndex;
import org.bpfgate.integrity.hash.internal.index.IndexHeader;
import org.bpfgate.integrity.hash.internal.record.IndexEntry;
import org.bpfgate.integrity.hash.internal.record.NameMatch;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;

/**
 * A compiled list.
 *
 * @param label the file
 * @param index its content
 */
public record CompiledDigestList(String label, CompiledIndex index) implements DigestList {
    @Override
    public Provenance provenance() {
        IndexHeader header = index.header();
        return new Provenance(
                label,
                "compiled",
                "",
                header.digests(),
                header.entries(),
                header.untyped(),
                FileHashes.NONE,
                validity());
    }

    @Override
    public Validity validity() {
        return new Validity(index.header().from(), index.header().until());
    }

    @Override
    public Optional<DigestListing> find(ProgramDigest digest, LoadKind load) {
        DigestListing best = null;
        for (IndexEntry entry : index.entries(digest)) {
            DigestListing listing = listing(entry, load);
            if (listing.isBetterThan(best)) {
                best = listing;
            }
        }
        return Optional.ofNullable(best);
    }

    private DigestListing listing(IndexEntry entry, LoadKind load) {
        ProgramType type = entry.type();
        String way = entry.attachText();
        if (type == ProgramType.UNSPEC) {
            return DigestListing.counting("in compiled list " + label);
        }
        String place = "type " + type.label() + (way == null ? "" : " attach " + way) + " in compiled list " + label;
        Mismatch mismatch = load.mismatch(type, entry.attach(), entry.hasTarget(load.target()));
        return mismatch == null
                ? DigestListing.counting(place)
                : new DigestListing(place, mismatch, load.explain(mismatch, type, way));
    }

    @Override
    public Optional<Namesake> namesake(LoadKind load) {
        NameMatch match = index.namesake(load.name(), load.type());
        return match == NameMatch.NONE
                ? Optional.empty()
                : Optional.of(new Namesake(
                        match, "name " + load.name() + " type " + load.type().label() + " in compiled list " + label));
    }
}
