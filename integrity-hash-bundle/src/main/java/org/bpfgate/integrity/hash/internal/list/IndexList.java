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
public record IndexList(String label, CompiledIndex index) implements ProgramList {
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
    public Optional<Listing> find(ProgramDigest digest, LoadKind load) {
        Listing best = null;
        for (IndexEntry entry : index.entries(digest)) {
            Listing listing = listing(entry, load);
            if (listing.isBetterThan(best)) {
                best = listing;
            }
        }
        return Optional.ofNullable(best);
    }

    private Listing listing(IndexEntry entry, LoadKind load) {
        ProgramType type = entry.type();
        String way = entry.attachText();
        if (type == ProgramType.UNSPEC) {
            return Listing.counting("in compiled list " + label);
        }
        String place = "type " + type.label() + (way == null ? "" : " attach " + way) + " in compiled list " + label;
        Mismatch mismatch = load.mismatch(type, entry.attach(), entry.hasTarget(load.target()));
        return mismatch == null
                ? Listing.counting(place)
                : new Listing(place, mismatch, load.explain(mismatch, type, way));
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
