package org.bpfgate.command.internal.pages;

import java.util.Locale;

/** Text in the language of man(7). For one page. */
final class Roff {
    private final StringBuilder page = new StringBuilder();

    /** Begins the page. */
    Roff title(String name, String version) {
        page.append(".TH \"")
                .append(escaped(name.toUpperCase(Locale.ROOT)))
                .append("\" 1 \"\" \"")
                .append(escaped(version))
                .append("\" \"bpfgate manual\"\n.nh\n.ad l\n");
        return this;
    }

    /** Begins a section. */
    Roff section(String heading) {
        page.append(".SH ").append(escaped(heading)).append('\n');
        return this;
    }

    /** Adds a paragraph. */
    Roff text(String text) {
        page.append(".PP\n").append(line(text)).append('\n');
        return this;
    }

    /** Adds lines that stay as they are, such as a synopsis. */
    Roff verbatim(String text) {
        page.append(".nf\n");
        text.lines().forEach(one -> page.append(line(one)).append('\n'));
        page.append(".fi\n");
        return this;
    }

    /** Adds a term with what it means. */
    Roff item(String term, String meaning) {
        page.append(".TP\n\\fB")
                .append(escaped(term))
                .append("\\fR\n")
                .append(line(meaning))
                .append('\n');
        return this;
    }

    /** At the beginning of a line a full stop or an apostrophe would be a request. */
    private static String line(String text) {
        return text.startsWith(".") || text.startsWith("'") ? "\\&" + escaped(text) : escaped(text);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-").replace("\"", "\\(dq");
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
