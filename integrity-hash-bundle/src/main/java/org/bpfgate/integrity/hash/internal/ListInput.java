package org.bpfgate.integrity.hash.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.bpfgate.allowlist.ListInputs;
import org.bpfgate.allowlist.ListProgress;
import org.bpfgate.allowlist.ListedProgram;
import org.bpfgate.integrity.hash.index.internal.CompiledIndex;
import org.bpfgate.integrity.hash.index.internal.IndexBuilder;
import org.bpfgate.integrity.hash.index.internal.IndexHeader;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;

/** Brings inputs of every form into a builder. For one thread. */
final class ListInput {
    private final ListLoader loader;
    private final IndexBuilder builder;
    private final InputProgress progress;

    ListInput(ListLoader loader, IndexBuilder builder, ListProgress progress) {
        this.loader = loader;
        this.builder = builder;
        this.progress = new InputProgress(progress);
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
            builder.add(program.digest(), program.name(), program.type());
        }
        inputs.without().forEach(builder::remove);
        return validity;
    }

    private Validity addList(Path list) throws AllowlistException {
        byte[] head = ListFile.head(list, 16);
        if (IndexHeader.isMagic(head)) {
            return addIndex(ListLoader.index(list));
        }
        return loader.entries(list, head, this::add).validity();
    }

    private Validity addIndex(CompiledIndex index) {
        builder.addAll(index);
        return new Validity(index.header().from(), index.header().until());
    }

    private void add(ListEntry entry) {
        try {
            addTo(entry.digest(), entry.name(), entry.type());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        progress.read(entry);
    }

    private void addTo(ProgramDigest digest, String name, @Nullable ProgramType type) throws IOException {
        if (type == null) {
            builder.add(digest);
        } else {
            builder.add(digest, name, type);
        }
    }
}
