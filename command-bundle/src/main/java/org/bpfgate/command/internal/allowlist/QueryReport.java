package org.bpfgate.command.internal.allowlist;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.bpfgate.allowlist.ListMatch;
import org.bpfgate.audit.JsonMembers;
import org.bpfgate.command.internal.io.JsonText;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;

/** What a list has of what was asked about, for people and for programs. */
final class QueryReport {
    /**
     * One question to a list.
     *
     * @param label what was asked about, for people
     * @param digits the first 16 or all 64 digits of the digest, in lower case
     * @param type the type of the program in a file; {@link ProgramType#UNSPEC} for digits, or when the file has no type
     */
    record Question(String label, String digits, ProgramType type) {
        private static final int DIGEST = 64;

        /** Makes a question about digits. */
        static Question of(String digits) {
            return new Question(
                    digits.length() == DIGEST ? "sha256:" + digits : "tag " + digits, digits, ProgramType.UNSPEC);
        }

        /** Returns whether a digest is asked about; else a tag is. */
        boolean isDigest() {
            return digits.length() == DIGEST;
        }
    }

    private final Path list;
    private final List<Question> asked;
    private final List<ListMatch> found;

    /**
     * Makes a report.
     *
     * @param asked the questions in the order of the report
     * @param found all entries that answer one
     */
    QueryReport(Path list, List<Question> asked, List<ListMatch> found) {
        this.list = list;
        this.asked = List.copyOf(asked);
        this.found = List.copyOf(found);
    }

    /** Returns whether all are listed; a program of a known type for that type. */
    boolean isComplete() {
        return asked.stream().allMatch(question -> isListed(question, entries(question)));
    }

    private List<ListMatch> entries(Question question) {
        return found.stream()
                .filter(match -> match.digest().hex().startsWith(question.digits()))
                .toList();
    }

    private static boolean isListed(Question question, List<ListMatch> entries) {
        return question.type() == ProgramType.UNSPEC
                ? !entries.isEmpty()
                : entries.stream().anyMatch(match -> match.type() == null || match.type() == question.type());
    }

    /** Returns a line for each entry that was found, and one for what is not listed, without the last line feed. */
    String text() {
        return asked.stream().map(this::lines).collect(Collectors.joining("\n"));
    }

    /** In the words of a verdict. */
    private String lines(Question question) {
        List<ListMatch> entries = entries(question);
        if (entries.isEmpty()) {
            return question.label() + "  not listed";
        }
        String known = isListed(question, entries)
                ? "  listed: "
                : "  not listed for type " + question.type().label() + ", but: ";
        return entries.stream()
                .map(match -> question.label() + known + describe(question, match))
                .collect(Collectors.joining("\n"));
    }

    private static String describe(Question question, ListMatch match) {
        StringBuilder text = new StringBuilder();
        add(text, "digest ", question.isDigest() ? null : match.digest().hex());
        add(text, "name ", match.name());
        add(text, "type ", match.type() == null ? null : match.type().label());
        add(text, "attach ", match.attach());
        if (match.line() == 0) {
            return text.append("in compiled list ").append(match.list()).toString();
        }
        text.append("in list ").append(match.list()).append(':').append(match.line());
        if (match.signer() != null) {
            text.append(" signed by ").append(match.signer());
        }
        if (match.source() != null) {
            text.append(", source ").append(match.source());
        }
        return text.toString();
    }

    private static void add(StringBuilder text, String what, @Nullable String value) {
        if (value != null) {
            text.append(what).append(value).append(' ');
        }
    }

    /** Returns one object, on one line. */
    String json() {
        return JsonMembers.object(json -> {
            json.number(JsonText.SCHEMA_VERSION_NAME, JsonText.SCHEMA_VERSION);
            json.text("list", list.toString());
            json.array("digests", asked, this::member);
        });
    }

    /** The first entry is told twice: as itself, as it was when a digest had one entry only, and among all. */
    private void member(Question question, JsonMembers json) {
        List<ListMatch> entries = entries(question);
        if (question.isDigest()) {
            json.text("digest", "sha256:" + question.digits());
        } else {
            json.text("tag", question.digits());
        }
        if (!question.label().endsWith(question.digits())) {
            json.text("program", question.label());
        }
        json.bool("listed", isListed(question, entries));
        if (!entries.isEmpty()) {
            entry(entries.getFirst(), json);
            json.array("entries", entries, QueryReport::wholeEntry);
        }
    }

    private static void wholeEntry(ListMatch match, JsonMembers json) {
        json.text("digest", match.digest().toString());
        entry(match, json);
    }

    private static void entry(ListMatch match, JsonMembers json) {
        if (match.line() > 0) {
            json.number("line", match.line());
        }
        json.text("name", match.name());
        json.text("type", match.type() == null ? null : match.type().label());
        json.text("attach", match.attach());
        json.text("source", match.source());
        json.text("signer", match.signer());
    }
}
