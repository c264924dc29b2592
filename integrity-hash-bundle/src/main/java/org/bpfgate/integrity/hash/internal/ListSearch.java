package org.bpfgate.integrity.hash.internal;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.bpfgate.allowlist.ListMatch;
import org.bpfgate.integrity.hash.index.internal.CompiledIndex;
import org.bpfgate.integrity.hash.index.internal.IndexHeader;
import org.bpfgate.program.ProgramDigest;

/** Looks digests up in one list, of whatever form and size: a text is read to its end, and only what was looked for is kept. */
final class ListSearch {
    private ListSearch() {}

    /**
     * Searches.
     *
     * @return for each digest that is listed, its first entry
     * @throws AllowlistException when the file is no usable list
     */
    static Map<ProgramDigest, ListMatch> find(Path list, Set<ProgramDigest> wanted, ListLoader loader)
            throws AllowlistException {
        byte[] head = ListFile.head(list, 16);
        return IndexHeader.isMagic(head)
                ? inIndex(list, wanted, ListLoader.index(list))
                : inText(list, wanted, loader, head);
    }

    private static Map<ProgramDigest, ListMatch> inIndex(Path list, Set<ProgramDigest> wanted, CompiledIndex index) {
        Map<ProgramDigest, ListMatch> found = new HashMap<>();
        for (ProgramDigest digest : wanted) {
            if (index.contains(digest)) {
                found.put(digest, ListMatch.compiled(digest, list));
            }
        }
        return found;
    }

    private static Map<ProgramDigest, ListMatch> inText(
            Path list, Set<ProgramDigest> wanted, ListLoader loader, byte[] head) throws AllowlistException {
        Map<ProgramDigest, ListEntry> entries = new HashMap<>();
        ListFacts facts = loader.entries(list, head, entry -> {
            if (wanted.contains(entry.digest())) {
                entries.putIfAbsent(entry.digest(), entry);
            }
        });
        Map<ProgramDigest, ListMatch> found = new HashMap<>();
        for (ListEntry entry : entries.values()) {
            found.put(
                    entry.digest(),
                    new ListMatch(
                            entry.digest(),
                            entry.list(),
                            entry.line(),
                            entry.name(),
                            entry.type(),
                            entry.source(),
                            facts.signer()));
        }
        return found;
    }
}
