package org.bpfgate.policy.ipe.internal.parser;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.bpfgate.policy.ipe.internal.event.Dialect;

/**
 * One row of {@code ipe-parser-cases.tsv}: a text and what the kernel's parser says to it.
 *
 * @param name what the case is about
 * @param dialects the vocabularies for which it holds
 * @param text the bytes, one character each
 * @param expected {@code ok} or the name of an error number
 */
record ParserCase(String name, Set<Dialect> dialects, String text, String expected) {
    static List<ParserCase> all() {
        List<ParserCase> cases = new ArrayList<>();
        try (BufferedReader rows = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(ParserCase.class.getResourceAsStream("ipe-parser-cases.tsv")),
                StandardCharsets.US_ASCII))) {
            rows.lines().skip(1).forEach(row -> cases.add(parse(row)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cases;
    }

    private static ParserCase parse(String row) {
        String[] fields = row.split("\t", -1);
        return new ParserCase(fields[0], dialects(fields[0]), unescape(fields[1]), fields[2]);
    }

    private static Set<Dialect> dialects(String name) {
        if (name.endsWith("@ops7")) {
            return EnumSet.of(Dialect.OPS7);
        }
        return name.endsWith("@ops8") ? EnumSet.of(Dialect.OPS8, Dialect.BPFGATE) : EnumSet.allOf(Dialect.class);
    }

    private static String unescape(String field) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < field.length(); i++) {
            if (field.charAt(i) != '\\') {
                bytes.write(field.charAt(i));
            } else if (field.charAt(++i) == 'x') {
                bytes.write(Integer.parseInt(field.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.write("\n\r\t\u000b\f\\".charAt("nrtvf\\".indexOf(field.charAt(i))));
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return name;
    }
}
