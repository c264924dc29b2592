package org.bpfgate.integrity.hash.internal.compile;

import java.nio.file.Path;
import java.util.List;
import org.bpfgate.integrity.hash.internal.index.IndexHeader;
import org.bpfgate.integrity.hash.internal.list.AllowlistEntry;
import org.bpfgate.integrity.hash.internal.list.FileHashes;
import org.bpfgate.integrity.hash.internal.list.Provenance;
import org.bpfgate.integrity.hash.internal.list.Validity;

/** Counts the entries of a list that is read. For one thread. */
final class EntryCount {
    private long entries;
    private long untyped;
    private FileHashes fileHashes = FileHashes.NONE;

    /** Begins anew. */
    void reset() {
        entries = 0;
        untyped = 0;
        fileHashes = FileHashes.NONE;
    }

    void add(AllowlistEntry entry) {
        entries++;
        untyped += entry.type() == null ? 1 : 0;
        fileHashes = fileHashes.and(entry);
    }

    /** Takes what a compiled list says of itself. */
    EntryCount of(IndexHeader header) {
        entries = header.entries();
        untyped = header.untyped();
        return this;
    }

    /** Returns what an operator should know about a list with these entries; it is read as one that lets programs in. */
    List<String> warnings(Path list) {
        return new Provenance(list.toString(), "", "", entries, entries, untyped, fileHashes, Validity.ALWAYS)
                .warnings(false);
    }
}
