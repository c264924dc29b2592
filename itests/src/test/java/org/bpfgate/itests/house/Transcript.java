package org.bpfgate.itests.house;

import java.util.ArrayList;
import java.util.List;

/**
 * A session on a terminal as documentation shows it: lines that begin with {@code $ } are commands, and the lines below
 * each are its output. A line that is {@code ...} stands for any lines, or for none.
 *
 * @param line where its fence stands in the document, counted from 1
 * @param steps the commands in their order
 */
record Transcript(int line, List<Step> steps) {
    private static final String FENCE = "```";
    private static final String OPENING = FENCE + "console";
    private static final String PROMPT = "$ ";
    private static final String ANY_LINES = "...";

    Transcript {
        steps = List.copyOf(steps);
    }

    /**
     * One command.
     *
     * @param command for the shell
     * @param output the lines below it
     */
    record Step(String command, List<String> output) {
        Step {
            output = List.copyOf(output);
        }

        /** Whether these lines are what the document shows. */
        boolean shows(List<String> actual) {
            return matches(output, actual);
        }
    }

    /** Whether a command of it runs another one under the gate, which takes the right to load programs. */
    boolean loadsPrograms() {
        return steps.stream()
                .anyMatch(step -> step.command().startsWith("./bpfgate learn ")
                        || step.command().startsWith("./bpfgate run "));
    }

    /**
     * Takes the transcripts out of a document in Markdown.
     *
     * @throws IllegalArgumentException when a block has no command, output before one, or no end
     */
    static List<Transcript> in(String markdown) {
        List<String> lines = markdown.lines().toList();
        List<Transcript> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).equals(OPENING)) {
                int end = endOf(lines, i);
                found.add(new Transcript(i + 1, steps(lines.subList(i + 1, end), i + 1)));
                i = end;
            }
        }
        return found;
    }

    private static int endOf(List<String> lines, int opening) {
        for (int i = opening + 1; i < lines.size(); i++) {
            if (lines.get(i).equals(FENCE)) {
                return i;
            }
        }
        throw new IllegalArgumentException("the block at line " + (opening + 1) + " does not end");
    }

    private static List<Step> steps(List<String> block, int line) {
        if (block.isEmpty() || !block.getFirst().startsWith(PROMPT)) {
            throw new IllegalArgumentException("the block at line " + line + " does not begin with a command");
        }
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < block.size(); ) {
            int next = i + 1;
            while (next < block.size() && !block.get(next).startsWith(PROMPT)) {
                next++;
            }
            steps.add(new Step(block.get(i).substring(PROMPT.length()), block.subList(i + 1, next)));
            i = next;
        }
        return steps;
    }

    private static boolean matches(List<String> shown, List<String> actual) {
        if (shown.isEmpty()) {
            return actual.isEmpty();
        }
        List<String> rest = shown.subList(1, shown.size());
        if (!shown.getFirst().equals(ANY_LINES)) {
            return !actual.isEmpty()
                    && actual.getFirst().equals(shown.getFirst())
                    && matches(rest, actual.subList(1, actual.size()));
        }
        for (int taken = 0; taken <= actual.size(); taken++) {
            if (matches(rest, actual.subList(taken, actual.size()))) {
                return true;
            }
        }
        return false;
    }
}
