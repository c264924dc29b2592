package org.bpfgate.integrity.hash.internal.compile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.bpfgate.allowlist.ListMatch;
import org.bpfgate.integrity.hash.internal.file.AllowlistData;
import org.bpfgate.integrity.hash.internal.file.AllowlistLoader;
import org.bpfgate.integrity.hash.internal.index.CompiledIndex;
import org.bpfgate.integrity.hash.internal.index.IndexHeader;
import org.bpfgate.integrity.hash.internal.list.AllowlistEntry;
import org.bpfgate.integrity.hash.internal.record.IndexEntry;
import org.bpfgate.integrity.hash.internal.text.AllowlistException;
import org.bpfgate.integrity.hash.internal.text.AllowlistFile;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;

/**
 * Looks digests up in one list, of whatever form and size: a text is read to its end, and only what was looked for is kept. For one
 * search.
 */
final class AllowlistSearch {
    private static final int TAG_DIGITS = 16;

    private final Set<String> beginnings;
    private final boolean tags;
    private final AllowlistLoader loader;
    private final Consumer<String> warnings;
    private final EntryCount count = new EntryCount();

    /**
     * Prepares a search.
     *
     * @param beginnings the first 16 or all 64 digits of digests, in lower case
     * @param warnings receives what to know about the list
     * @throws IllegalArgumentException for another number of digits
     */
    AllowlistSearch(Set<String> beginnings, AllowlistLoader loader, Consumer<String> warnings) {
        for (String digits : beginnings) {
            if (digits.length() != TAG_DIGITS && digits.length() != 2 * ProgramDigest.SIZE) {
                throw new IllegalArgumentException("16 or 64 digits of a digest, not " + digits.length());
            }
        }
        this.beginnings = Set.copyOf(beginnings);
        tags = beginnings.stream().anyMatch(digits -> digits.length() == TAG_DIGITS);
        this.loader = loader;
        this.warnings = warnings;
    }

    /**
     * Searches.
     *
     * @return the entries that have one of the digests
     * @throws AllowlistException when the file is no usable list
     */
    List<ListMatch> in(Path list) throws AllowlistException {
        byte[] head = AllowlistFile.head(list, 16);
        List<ListMatch> found =
                IndexHeader.isMagic(head) ? inIndex(list, AllowlistLoader.index(list)) : inText(list, head);
        count.warnings(list).forEach(warnings);
        return found;
    }

    private List<ListMatch> inIndex(Path list, CompiledIndex index) {
        count.of(index.header());
        List<ListMatch> found = new ArrayList<>();
        for (String digits : beginnings) {
            for (ProgramDigest digest : digests(digits, index)) {
                for (IndexEntry entry : index.entries(digest)) {
                    ProgramType type = entry.type() == ProgramType.UNSPEC ? null : entry.type();
                    found.add(ListMatch.compiled(digest, list, type, entry.attachText()));
                }
            }
        }
        return found;
    }

    private static List<ProgramDigest> digests(String digits, CompiledIndex index) {
        return digits.length() == TAG_DIGITS
                ? index.tagged(HexFormat.of().parseHex(digits))
                : List.of(ProgramDigest.parse(digits));
    }

    private List<ListMatch> inText(Path list, byte[] head) throws AllowlistException {
        List<AllowlistEntry> entries = new ArrayList<>();
        AllowlistData facts = loader.entries(list, head, entry -> {
            count.add(entry);
            if (isWanted(entry.digest())) {
                entries.add(entry);
            }
        });
        List<ListMatch> found = new ArrayList<>();
        for (AllowlistEntry entry : entries) {
            found.add(match(entry, facts.signer()));
        }
        return found;
    }

    private boolean isWanted(ProgramDigest digest) {
        String hex = digest.hex();
        return beginnings.contains(hex) || (tags && beginnings.contains(hex.substring(0, TAG_DIGITS)));
    }

    private static ListMatch match(AllowlistEntry entry, @Nullable String signer) {
        return new ListMatch(
                entry.digest(),
                entry.list(),
                entry.line(),
                entry.name(),
                entry.type(),
                entry.attachText(),
                entry.source(),
                signer);
    }
}
