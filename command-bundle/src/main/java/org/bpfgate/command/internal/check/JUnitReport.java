package org.bpfgate.command.internal.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfgate.command.internal.context.Console;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.report.Comparison;
import org.bpfgate.command.internal.report.Expectation;
import org.bpfgate.hook.HookResult;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.ModuleStack;

/**
 * The XML of JUnit, as build servers read it: a suite for each directory, a case for each expectation. A decision that is not as expected
 * is a failure; an input that cannot be read, or an expectation without a program, is an error.
 */
final class JUnitReport implements Comparison.Printer {
    @Override
    public void comparison(ModuleStack stack, Comparison comparison, Console console) {
        Map<Path, List<Comparison.Result>> suites = new LinkedHashMap<>();
        for (boolean asExpected : new boolean[] {true, false}) {
            for (Comparison.Result compared : comparison.shown(asExpected)) {
                suites.computeIfAbsent(compared.directory(), first -> new ArrayList<>())
                        .add(compared);
            }
        }
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        int tests = suites.values().stream().mapToInt(List::size).sum()
                + console.unreadable().size();
        xml.append("<testsuites name=\"bpfgate test\"");
        counts(xml, tests, comparison.wrong(), console.unreadable().size());
        suites.forEach((directory, cases) -> suite(xml, directory, cases));
        if (!console.unreadable().isEmpty()) {
            errors(xml, console.unreadable());
        }
        console.out().print(xml.append("</testsuites>\n"));
    }

    private static void counts(StringBuilder xml, int tests, int failures, int errors) {
        attribute(xml, "tests", String.valueOf(tests));
        attribute(xml, "failures", String.valueOf(failures));
        attribute(xml, "errors", String.valueOf(errors));
        xml.append(">\n");
    }

    private static void suite(StringBuilder xml, Path directory, List<Comparison.Result> cases) {
        xml.append("  <testsuite");
        attribute(xml, "name", directory.toString());
        int failures = (int) cases.stream().filter(one -> !one.asExpected()).count();
        counts(xml, cases.size(), failures, 0);
        cases.forEach(one -> testCase(xml, directory, one));
        xml.append("  </testsuite>\n");
    }

    private static void testCase(StringBuilder xml, Path directory, Comparison.Result one) {
        LoadDecision decision = one.decided().decision();
        begin(xml, directory.toString(), name(directory, one));
        if (one.asExpected()) {
            xml.append("/>\n");
            return;
        }
        xml.append(">\n      <failure");
        String outcome = decision.isAllow() ? "ALLOW" : "DENY";
        attribute(xml, "message", "decided " + outcome + ", expected " + one.wanted());
        xml.append('>').append(escaped(verdicts(decision))).append("</failure>\n    </testcase>\n");
    }

    private static String verdicts(LoadDecision decision) {
        StringBuilder text = new StringBuilder();
        for (LoadDecision.Report report : decision.reports()) {
            text.append(report.verifier().name())
                    .append(' ')
                    .append(report.report().verdict())
                    .append(": ")
                    .append(report.report().reason())
                    .append('\n');
        }
        HookResult result = decision.result();
        return result.isAllow()
                ? text.toString()
                : text.append(result.reason()).append('\n').toString();
    }

    /** The path in the directory and, where somebody asks for the load, who. */
    private static String name(Path directory, Comparison.Result one) {
        String label = one.decided().program().label();
        String prefix = directory + "/";
        String name = label.startsWith(prefix) ? label.substring(prefix.length()) : label;
        StringBuilder who = new StringBuilder();
        one.expected()
                .map(Expectation::requester)
                .orElse(Map.of())
                .forEach((key, value) -> who.append(' ').append(key).append('=').append(value));
        return name + who;
    }

    private static void errors(StringBuilder xml, List<InputException> faults) {
        xml.append("  <testsuite name=\"inputs\"");
        counts(xml, faults.size(), 0, faults.size());
        for (InputException fault : faults) {
            String message = String.valueOf(fault.getMessage());
            begin(xml, "inputs", message);
            xml.append(">\n      <error");
            attribute(xml, "message", message);
            xml.append("/>\n    </testcase>\n");
        }
        xml.append("  </testsuite>\n");
    }

    private static void begin(StringBuilder xml, String suite, String name) {
        xml.append("    <testcase");
        attribute(xml, "classname", suite);
        attribute(xml, "name", name);
    }

    private static void attribute(StringBuilder xml, String name, String value) {
        xml.append(' ').append(name).append("=\"").append(escaped(value)).append('"');
    }

    /** Replaces what XML 1.0 cannot hold by question marks: names come out of hostile files. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isCharacter(c) ? c : '?');
            }
        });
        return escaped.toString();
    }

    private static boolean isCharacter(int c) {
        return c == '\n' || (c >= ' ' && c < 0xd800) || (c >= 0xe000 && c != 0xfffe && c != 0xffff);
    }
}
