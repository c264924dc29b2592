package org.bpfgate.integrity.hash.internal.compile;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.bpfgate.allowlist.AllowlistCompiler;
import org.bpfgate.allowlist.DifferenceVisitor;
import org.bpfgate.allowlist.ListException;
import org.bpfgate.allowlist.ListForm;
import org.bpfgate.allowlist.ListInputs;
import org.bpfgate.allowlist.ListMatch;
import org.bpfgate.allowlist.ListProgress;
import org.bpfgate.integrity.hash.internal.file.AllowlistLoader;
import org.bpfgate.integrity.hash.internal.index.DamagedIndexException;
import org.bpfgate.integrity.hash.internal.index.IndexBuilder;
import org.bpfgate.integrity.hash.internal.index.IndexComparison;
import org.bpfgate.integrity.hash.internal.list.Validity;
import org.bpfgate.integrity.hash.internal.text.AllowlistException;
import org.bpfgate.integrity.hash.internal.text.AllowlistFile;

/** The service that compiles, compares and searches lists. */
public final class AllowlistCompilerService implements AllowlistCompiler {
    /** A comparison reports no progress. */
    private static final ListProgress UNHEARD = new ListProgress() {
        @Override
        public void read(long bytes, long total) {}

        @Override
        public void writing() {}
    };

    private final AllowlistLoader loader;

    public AllowlistCompilerService(AllowlistLoader loader) {
        this.loader = loader;
    }

    @Override
    public long compile(ListInputs inputs, Path output, ListProgress progress, Consumer<String> warnings)
            throws ListException {
        try (IndexBuilder builder = new IndexBuilder(output)) {
            Validity validity = new AllowlistInput(loader, builder, progress, warnings).addAll(inputs);
            if (validity.isEmpty()) {
                throw new ListException(output + ": there is no time at which all lists in it are valid");
            }
            progress.writing();
            return builder.write(validity.from(), validity.until()).digests();
        } catch (IOException e) {
            throw new ListException(output + ": cannot be written: " + AllowlistFile.cause(e));
        } catch (AllowlistException | DamagedIndexException e) {
            throw new ListException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void compare(ListInputs before, ListInputs after, DifferenceVisitor visitor, Consumer<String> warnings)
            throws ListException {
        Path scratch = Path.of(System.getProperty("java.io.tmpdir"), "comparison");
        try (IndexBuilder one = new IndexBuilder(scratch);
                IndexBuilder other = new IndexBuilder(scratch)) {
            new AllowlistInput(loader, one, UNHEARD, warnings).addAll(before);
            new AllowlistInput(loader, other, UNHEARD, warnings).addAll(after);
            IndexComparison.compare(one, other, visitor::removed, visitor::added);
        } catch (IOException e) {
            throw new ListException(scratch.getParent() + ": cannot be written: " + AllowlistFile.cause(e));
        } catch (AllowlistException | DamagedIndexException e) {
            throw new ListException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public List<ListMatch> find(Path list, Set<String> beginnings, Consumer<String> warnings) throws ListException {
        try {
            return new AllowlistSearch(beginnings, loader, warnings).in(list);
        } catch (AllowlistException | DamagedIndexException e) {
            throw new ListException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public ListForm form(Path list) throws ListException {
        try {
            return AllowlistLoader.form(AllowlistFile.head(list, AllowlistLoader.HEAD));
        } catch (AllowlistException e) {
            throw new ListException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public boolean countsNow(Path list) throws ListException {
        try {
            return loader.load(list, false, true).counts(Instant.now());
        } catch (AllowlistException e) {
            throw new ListException(String.valueOf(e.getMessage()));
        }
    }
}
