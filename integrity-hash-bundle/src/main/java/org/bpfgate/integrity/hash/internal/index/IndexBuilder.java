package org.bpfgate.integrity.hash.internal.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpfgate.allowlist.ListSelection;
import org.bpfgate.allowlist.ListedAttach;
import org.bpfgate.integrity.hash.internal.record.EntryFacts;
import org.bpfgate.integrity.hash.internal.record.IndexEntry;
import org.bpfgate.integrity.hash.internal.record.IndexRecord;
import org.bpfgate.integrity.hash.internal.record.IndexStatistics;
import org.bpfgate.integrity.hash.internal.record.MergedRecords;
import org.bpfgate.integrity.hash.internal.record.NameKeys;
import org.bpfgate.integrity.hash.internal.record.RecordCursor;
import org.bpfgate.integrity.hash.internal.record.RecordSorter;
import org.bpfgate.integrity.hash.internal.record.SkippingCursor;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;

/**
 * Collects entries, from lists and from other indexes, and writes them as one index. Its memory does not grow with
 * their number: what does not fit is put aside in files beside the output. For one thread; closing deletes what was put aside.
 */
public final class IndexBuilder implements Closeable {
    private final Path output;
    private final Path directory;
    private final int runSize;
    private final RecordSorter unnamed;
    private final RecordSorter named;
    private final NameKeys keys = new NameKeys();
    private final List<CompiledIndex> indexes = new ArrayList<>();
    private final Map<ProgramDigest, List<ListSelection>> removed = new HashMap<>();
    private final byte[] record = new byte[IndexRecord.SIZE];

    /**
     * Begins an index.
     *
     * @param output the file that {@link #write} replaces
     */
    public IndexBuilder(Path output) {
        this(output, RecordSorter.RUN);
    }

    IndexBuilder(Path output, int runSize) {
        this.output = output;
        this.runSize = runSize;
        directory = IndexWriter.directoryOf(output);
        unnamed = new RecordSorter(directory, IndexRecord.DIGEST, runSize);
        named = new RecordSorter(directory, IndexRecord.SIZE, runSize);
    }

    /** Adds a program without a type: it counts for loads of every type, and is found by its digest only. */
    public void add(ProgramDigest digest) throws IOException {
        unnamed.add(digest.toByteArray());
    }

    /**
     * Adds a program that counts for loads of its type, and is found by digest, and by name and type.
     *
     * @param attach the way of attaching that it counts for; null for all
     */
    public void add(ProgramDigest digest, String name, ProgramType type, @Nullable ListedAttach attach)
            throws IOException {
        System.arraycopy(digest.toByteArray(), 0, record, 0, IndexRecord.DIGEST);
        System.arraycopy(keys.of(name, type, attach), 0, record, IndexRecord.DIGEST, EntryFacts.SIZE);
        named.add(record);
    }

    /** Adds all that another index has. It is read when this one is written. */
    public void addAll(CompiledIndex index) {
        indexes.add(index);
    }

    /** Leaves entries out, whichever input has them, and their names, unless another entry has them. */
    public void remove(ListSelection selection) {
        removed.computeIfAbsent(selection.digest(), digest -> new ArrayList<>()).add(selection);
    }

    /**
     * Writes the index to a new file and renames it over the output, so that whoever has the old one mapped keeps it whole.
     *
     * @return what was written
     * @throws IOException when that fails; the output is as it was
     * @throws DamagedIndexException when an added index is damaged; the output is as it was
     */
    public IndexHeader write(Instant from, Instant until) throws IOException {
        try (IndexStatistics statistics = IndexStatistics.of(sorted(), directory, runSize);
                IndexWriter writer = new IndexWriter(output, header(statistics, from, until));
                RecordCursor facts = statistics.facts();
                RecordCursor entries = sorted()) {
            writer.writeFacts(facts);
            writer.writeEntries(entries);
            return writer.finish();
        }
    }

    private static IndexHeader header(IndexStatistics statistics, Instant from, Instant until) throws IOException {
        if (statistics.entryCount() > TableLayout.LIMIT) {
            throw new IOException("a compiled list has up to " + TableLayout.LIMIT + " entries");
        }
        return new IndexHeader(
                IndexHeader.VERSION,
                statistics.digestCount(),
                statistics.entryCount(),
                statistics.factCount(),
                statistics.untypedCount(),
                from,
                until);
    }

    /** Returns all records in ascending order, from the beginning; nothing may be added while it is in use. The caller closes it. */
    RecordCursor sorted() throws IOException {
        List<RecordCursor> runs = unnamed.runs();
        runs.addAll(named.runs());
        for (CompiledIndex index : indexes) {
            runs.add(index.cursor());
        }
        RecordCursor all = new MergedRecords(runs);
        return removed.isEmpty() ? all : new SkippingCursor(all, this::isRemoved);
    }

    private boolean isRemoved(byte[] entry) {
        List<ListSelection> selections = removed.get(ProgramDigest.of(Arrays.copyOf(entry, IndexRecord.DIGEST)));
        if (selections == null) {
            return false;
        }
        IndexEntry facts = EntryFacts.read(entry, IndexRecord.DIGEST);
        for (ListSelection selection : selections) {
            if (selection.type() == null || (facts != null && isSelected(facts, selection))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSelected(IndexEntry facts, ListSelection selection) {
        ListedAttach attach = selection.attach();
        return facts.type() == selection.type() && (attach == null || facts.isExactly(attach));
    }

    @Override
    public void close() throws IOException {
        unnamed.close();
        named.close();
    }
}
