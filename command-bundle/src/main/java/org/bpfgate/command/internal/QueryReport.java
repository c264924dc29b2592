package org.bpfgate.command.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bpfgate.allowlist.ListMatch;
import org.bpfgate.audit.JsonMembers;
import org.bpfgate.program.ProgramDigest;
import org.jspecify.annotations.Nullable;

/** Which digests a list has, for people and for programs. */
final class QueryReport {
    private final Path list;
    private final List<ProgramDigest> asked;
    private final Map<ProgramDigest, ListMatch> found;

    /**
     * Makes a report.
     *
     * @param asked the digests in the order of the report
     * @param found the entries of those that are listed
     */
    QueryReport(Path list, Set<ProgramDigest> asked, Map<ProgramDigest, ListMatch> found) {
        this.list = list;
        this.asked = List.copyOf(asked);
        this.found = Map.copyOf(found);
    }

    /** Returns whether all are listed. */
    boolean isComplete() {
        return found.keySet().containsAll(asked);
    }

    /** Returns a line for each digest, without the last line feed. */
    String text() {
        return asked.stream().map(this::line).collect(Collectors.joining("\n"));
    }

    /** In the words of a verdict. */
    private String line(ProgramDigest digest) {
        ListMatch match = found.get(digest);
        return digest + (match == null ? "  not listed" : "  listed: " + describe(match));
    }

    private static String describe(ListMatch match) {
        if (match.line() == 0) {
            return "in compiled list " + match.list();
        }
        StringBuilder text = new StringBuilder("name ").append(match.name());
        if (match.type() != null) {
            text.append(" type ").append(match.type().label());
        }
        text.append(" in list ").append(match.list()).append(':').append(match.line());
        if (match.signer() != null) {
            text.append(" signed by ").append(match.signer());
        }
        if (match.source() != null) {
            text.append(", source ").append(match.source());
        }
        return text.toString();
    }

    /** Returns one object, on one line. */
    String json() {
        return JsonMembers.object(json -> {
            json.text("list", list.toString());
            json.array("digests", asked, this::member);
        });
    }

    private void member(ProgramDigest digest, JsonMembers json) {
        @Nullable ListMatch match = found.get(digest);
        json.text("digest", digest.toString());
        json.bool("listed", match != null);
        if (match != null) {
            entry(match, json);
        }
    }

    private static void entry(ListMatch match, JsonMembers json) {
        if (match.line() > 0) {
            json.number("line", match.line());
        }
        json.text("name", match.name());
        json.text("type", match.type() == null ? null : match.type().label());
        json.text("source", match.source());
        json.text("signer", match.signer());
    }
}
