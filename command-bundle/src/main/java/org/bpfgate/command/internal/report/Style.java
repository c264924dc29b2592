package org.bpfgate.command.internal.report;

import java.util.Locale;
import java.util.Optional;

/**
 * How text looks: with colours or without, and how wide it may be. The start script tells whether standard output is a terminal.
 *
 * @param colored whether decisions and verdicts have colours
 * @param width columns of a line; 0 when lines are as long as they are
 */
public record Style(boolean colored, int width) {
    /** As files and pipes get it. */
    static final Style PLAIN = new Style(false, 0);

    /** The property that holds the columns of the terminal; it is not set elsewhere. */
    private static final String TERMINAL = "bpfgate.terminal";

    private static final int USUAL_WIDTH = 80;
    private static final int LEAST_WIDTH = 60;

    /** When text is coloured. */
    enum When {
        /** On a terminal, unless the environment variable NO_COLOR is set (no-color.org). */
        AUTO,
        ALWAYS,
        NEVER;

        /** The word of the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The colours of ECMA-48. */
    enum Color {
        RED("31"),
        GREEN("32"),
        YELLOW("33");

        private final String code;

        Color(String code) {
            this.code = code;
        }
    }

    /** Returns the style of standard output. */
    static Style of(When colors) {
        return of(
                colors,
                Optional.ofNullable(System.getProperty(TERMINAL)),
                Optional.ofNullable(System.getenv("NO_COLOR")).filter(value -> !value.isEmpty()));
    }

    static Style of(When colors, Optional<String> terminal, Optional<String> noColor) {
        boolean colored = switch (colors) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> terminal.isPresent() && noColor.isEmpty();
        };
        return new Style(colored, terminal.map(Style::width).orElse(0));
    }

    private static int width(String columns) {
        return columns.matches("[0-9]{1,4}") ? Math.max(LEAST_WIDTH, Integer.parseInt(columns)) : USUAL_WIDTH;
    }

    /** Returns the text in a colour. */
    String color(Color color, String text) {
        return colored ? "\u001b[" + color.code + "m" + text + "\u001b[0m" : text;
    }

    /**
     * Breaks a text at blanks, so that it fits. A word that is longer than a line stays whole, as it may be copied.
     *
     * @param first columns that are taken before the text in its first line
     * @param indent blanks before each further line
     */
    String wrap(String text, int first, int indent) {
        if (width == 0 || first + text.length() <= width) {
            return text;
        }
        StringBuilder wrapped = new StringBuilder();
        int column = first;
        for (String word : text.split(" ", -1)) {
            boolean starts = column == first && wrapped.isEmpty();
            if (!starts && column + 1 + word.length() > width) {
                wrapped.append('\n').append(" ".repeat(indent));
                column = indent;
            } else if (!starts) {
                wrapped.append(' ');
                column++;
            }
            wrapped.append(word);
            column += word.length();
        }
        return wrapped.toString();
    }
}
