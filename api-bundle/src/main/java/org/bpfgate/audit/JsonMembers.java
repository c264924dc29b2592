package org.bpfgate.audit;

import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the members of a JSON object (RFC 8259) on one line, in the order of the calls. Whoever calls sees to it that no
 * name is written twice. For one thread at a time.
 */
public final class JsonMembers {
    private final StringBuilder out;
    private boolean first = true;

    private JsonMembers(StringBuilder out) {
        this.out = out;
    }

    /**
     * Makes an object.
     *
     * @param members writes what is in it
     * @return the object, without a line feed
     */
    public static String object(Consumer<JsonMembers> members) {
        StringBuilder out = new StringBuilder();
        braces(out, members);
        return out.toString();
    }

    /** Writes a text; null leaves the member out. */
    public void text(String name, @Nullable String value) {
        if (value != null) {
            name(name);
            quote(value);
        }
    }

    /** Writes a whole number. */
    public void number(String name, long value) {
        name(name);
        out.append(value);
    }

    /** Writes true or false. */
    public void bool(String name, boolean value) {
        name(name);
        out.append(value);
    }

    /** Writes an object. */
    public void object(String name, Consumer<JsonMembers> members) {
        name(name);
        braces(out, members);
    }

    /**
     * Writes an array of objects.
     *
     * @param elements one for each object, in order
     * @param members writes what is in an element's object
     */
    public <T> void array(String name, List<T> elements, BiConsumer<T, JsonMembers> members) {
        name(name);
        out.append('[');
        for (int i = 0; i < elements.size(); i++) {
            T element = elements.get(i);
            out.append(i == 0 ? "" : ",");
            braces(out, json -> members.accept(element, json));
        }
        out.append(']');
    }

    /** Writes an array of texts. */
    public void texts(String name, List<String> values) {
        name(name);
        out.append('[');
        for (int i = 0; i < values.size(); i++) {
            out.append(i == 0 ? "" : ",");
            quote(values.get(i));
        }
        out.append(']');
    }

    private static void braces(StringBuilder out, Consumer<JsonMembers> members) {
        out.append('{');
        members.accept(new JsonMembers(out));
        out.append('}');
    }

    private void name(String name) {
        out.append(first ? "" : ",");
        first = false;
        quote(Objects.requireNonNull(name));
        out.append(':');
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            quote(text.charAt(i));
        }
        out.append('"');
    }

    /** Escapes, besides what JSON demands, what may upset a terminal or a reader of lines; surrogates, so that a lone one is text too. */
    private void quote(char c) {
        if (c == '"' || c == '\\') {
            out.append('\\').append(c);
        } else if (c >= ' ' && (c < 0x7f || c > 0x9f) && c != '\u2028' && c != '\u2029' && !Character.isSurrogate(c)) {
            out.append(c);
        } else {
            out.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
                out.append(Character.forDigit(c >> shift & 0xf, 16));
            }
        }
    }
}
