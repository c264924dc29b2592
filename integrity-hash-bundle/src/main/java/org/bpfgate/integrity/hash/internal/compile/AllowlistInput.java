package org.bpfgate.integrity.hash.internal.compile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.bpfgate.allowlist.ListInputs;
import org.bpfgate.allowlist.ListProgress;
import org.bpfgate.allowlist.ListedAttach;
import org.bpfgate.allowlist.ListedProgram;
import org.bpfgate.integrity.hash.internal.file.AllowlistLoader;
import org.bpfgate.integrity.hash.internal.index.CompiledIndex;
import org.bpfgate.integrity.hash.internal.index.IndexBuilder;
import org.bpfgate.integrity.hash.internal.index.IndexHeader;
import org.bpfgate.integrity.hash.internal.list.AllowlistEntry;
import org.bpfgate.integrity.hash.internal.list.Validity;
import org.bpfgate.integrity.hash.internal.text.AllowlistException;
import org.bpfgate.integrity.hash.internal.text.AllowlistFile;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;

/** Brings inputs of every form into a builder. For one thread. */
final class AllowlistInput {
    private final AllowlistLoader loader;
    private final IndexBuilder builder;
    private final InputProgress progress;
    private final Consumer<String> warnings;

    /** Entries of the list that is being read. */
    private final EntryCount count = new EntryCount();

    AllowlistInput(AllowlistLoader loader, IndexBuilder builder, ListProgress progress, Consumer<String> warnings) {
        this.loader = loader;
        this.builder = builder;
        this.progress = new InputProgress(progress);
        this.warnings = warnings;
    }

    /** Adds everything; returns when all the lists are valid, which may be never. */
    Validity addAll(ListInputs inputs) throws IOException, AllowlistException {
        Validity validity = Validity.ALWAYS;
        progress.expect(inputs.lists());
        try {
            for (Path list : inputs.lists()) {
                validity = validity.and(addList(list));
                progress.finished(list);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (ListedProgram program : inputs.programs()) {
            addTo(program.digest(), program.name(), program.type(), program.attach());
        }
        inputs.without().forEach(builder::remove);
        return validity;
    }

    private Validity addList(Path list) throws AllowlistException {
        byte[] head = AllowlistFile.head(list, 16);
        if (IndexHeader.isMagic(head)) {
            return addIndex(list, AllowlistLoader.index(list));
        }
        count.reset();
        Validity validity = loader.entries(list, head, this::add).validity();
        count.warnings(list).forEach(warnings);
        return validity;
    }

    private Validity addIndex(Path list, CompiledIndex index) {
        builder.addAll(index);
        count.of(index.header()).warnings(list).forEach(warnings);
        return new Validity(index.header().from(), index.header().until());
    }

    private void add(AllowlistEntry entry) {
        try {
            addTo(entry.digest(), entry.name(), entry.type(), entry.attach());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        count.add(entry);
        progress.read(entry);
    }

    private void addTo(ProgramDigest digest, String name, @Nullable ProgramType type, @Nullable ListedAttach attach)
            throws IOException {
        if (type == null || type == ProgramType.UNSPEC) {
            builder.add(digest);
        } else {
            builder.add(digest, name, type, attach);
        }
    }
}
