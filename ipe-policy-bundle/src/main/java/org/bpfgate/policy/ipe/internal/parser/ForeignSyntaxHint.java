package org.bpfgate.policy.ipe.internal.parser;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.text.Diagnostic;
import org.bpfgate.policy.ipe.internal.text.Lexer;
import org.bpfgate.policy.ipe.internal.text.Line;
import org.bpfgate.policy.ipe.internal.text.Word;
import org.bpfgate.policy.ipe.internal.vocabulary.PropertyKey;
import org.bpfgate.policy.ipe.internal.vocabulary.Synonyms;
import org.jspecify.annotations.Nullable;

/**
 * Explains errors that come from the habits of other languages, such as {@code xdp,kprobe}, {@code !=} or blanks around the
 * {@code =}. It changes what an error says and suggests, never its number and its place.
 */
final class ForeignSyntaxHint {
    private static final Set<String> OR = Set.of("or", "|", "||");
    private static final Set<String> AND = Set.of("and", "&", "&&");
    private static final Set<String> OTHER_KEYS = Set.of("op", "action", "policy_name", "policy_version");
    private static final Set<String> NOT = Set.of("not", "!");

    private final List<Word> words;
    private final int at;
    private final Diagnostic error;
    private final Dialect dialect;

    private ForeignSyntaxHint(List<Word> words, int at, Diagnostic error, Dialect dialect) {
        this.words = words;
        this.at = at;
        this.error = error;
        this.dialect = dialect;
    }

    /** Returns the error with an explanation; the same error when nothing explains it. */
    static Diagnostic explained(Line line, Diagnostic error, Dialect dialect) {
        List<Word> words = Lexer.of(line);
        int at = 0;
        while (at < words.size() && words.get(at).end() <= error.column()) {
            at++;
        }
        if (at == words.size() || words.get(at).column() > error.column()) {
            return error;
        }
        boolean readable = line.text().chars().allMatch(c -> c == '\t' || (c >= ' ' && c <= '~'));
        Diagnostic found = readable ? new ForeignSyntaxHint(words, at, error, dialect).explained() : null;
        return found == null ? error : found;
    }

    private @Nullable Diagnostic explained() {
        Diagnostic found = connective();
        if (found == null) {
            found = blanks();
        }
        if (found == null) {
            found = ofValue();
        }
        return found;
    }

    private Word word() {
        return words.get(at);
    }

    private @Nullable Diagnostic connective() {
        String text = word().text().toLowerCase(Locale.ROOT);
        if (OR.contains(text)) {
            return error.because("there is no \"or\" in a rule: write two rules"
                    + (hasSets() ? ", or a set of values such as bpf_prog_type={xdp,kprobe}" : ""));
        }
        if (AND.contains(text)) {
            return error.because("conditions stand side by side and all must hold: leave the word out");
        }
        return NOT.contains(text) ? negation() : null;
    }

    private Diagnostic negation() {
        return error.because(
                "there is no \"not\": the first rule that matches decides, so write a rule with the opposite action"
                        + " before" + (hasSets() ? "; for calls write ! before the name, bpf_helper=!NAME" : ""));
    }

    private boolean hasSets() {
        return dialect == Dialect.BPFGATE;
    }

    /** A key, the sign and the value, parted by blanks. */
    private @Nullable Diagnostic blanks() {
        int end = at;
        StringBuilder joined = new StringBuilder(word().text());
        while (end + 1 < words.size() && joined.length() <= Word.MAX_QUOTE && continues(joined, words.get(end + 1))) {
            joined.append(words.get(++end).text());
        }
        String text = joined.toString();
        boolean whole = text.indexOf('=') > 0 && !text.endsWith("=");
        return end > at && whole && isKey(text.substring(0, text.indexOf('=')))
                ? error.because("no blanks may stand around =").meaning(text)
                : null;
    }

    private static boolean continues(CharSequence joined, Word next) {
        String text = joined.toString();
        return text.endsWith("=")
                ? text.indexOf('=') == text.length() - 1 && !next.text().contains("=")
                : !text.contains("=") && next.text().lastIndexOf('=') == 0;
    }

    private static boolean isKey(String text) {
        return OTHER_KEYS.contains(text) || PropertyKey.byKey(text) != null;
    }

    private @Nullable Diagnostic ofValue() {
        String text = word().text();
        int sign = text.indexOf('=');
        if (sign <= 0) {
            return null;
        }
        String key = text.substring(0, sign);
        String value = text.substring(sign + 1);
        if (key.endsWith("!") || key.endsWith("<") || key.endsWith(">")) {
            return comparison(key, value);
        }
        if (value.startsWith("=")) {
            return error.meaning(key + value);
        }
        if (value.length() > 1 && (value.endsWith(",") || value.endsWith(";"))) {
            return error.meaning(key + "=" + value.substring(0, value.length() - 1));
        }
        if (value.length() > 2 && isQuoted(value)) {
            return error.because("there are no quotation marks")
                    .meaning(key + "=" + value.substring(1, value.length() - 1));
        }
        return ofValue(key, value);
    }

    private static boolean isQuoted(String value) {
        char first = value.charAt(0);
        return (first == '"' || first == '\'') && value.charAt(value.length() - 1) == first;
    }

    private @Nullable Diagnostic comparison(String signed, String value) {
        String key = signed.substring(0, signed.length() - 1);
        PropertyKey property = PropertyKey.byKey(key);
        if (property == null || !signed.endsWith("!")) {
            return error.because("a condition is KEY=VALUE, there is no other sign than =");
        }
        if (property.takesNegation()) {
            return error.because("there is no !=").meaning(key + "=!" + value);
        }
        if (value.equals("TRUE") || value.equals("FALSE")) {
            return error.because("there is no !=").meaning(key + "=" + (value.equals("TRUE") ? "FALSE" : "TRUE"));
        }
        return error.because("there is no !=: the first rule that matches decides, so write a rule with " + key + "="
                        + value + " and the opposite action before")
                .meaning(null);
    }

    private @Nullable Diagnostic ofValue(String key, String value) {
        PropertyKey property = PropertyKey.byKey(key);
        if (property == null) {
            return null;
        }
        if (value.indexOf(',') > 0 && !value.startsWith("{")) {
            return severalValues(key, value);
        }
        if (property.takesDigest()) {
            return DigestHint.explained(error, property, value);
        }
        String other = Synonyms.of(property, value);
        if (other != null) {
            return error.meaning(key + "=" + other);
        }
        return value.equals("USER") && property == PropertyKey.BPF_KEYRING
                ? error.because("the dialects bpfgate and ops9 have USER; in ops8 no word names a keyring of the user")
                : null;
    }

    private Diagnostic severalValues(String key, String value) {
        return hasSets()
                ? error.because("several values are a set in braces").meaning(key + "={" + value + "}")
                : error.because("a condition names one value: write one rule for each");
    }
}
