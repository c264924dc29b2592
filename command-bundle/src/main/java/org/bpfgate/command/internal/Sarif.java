package org.bpfgate.command.internal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfgate.audit.JsonMembers;
import org.bpfgate.policy.PolicyFault;
import org.bpfgate.policy.PolicyFindings;
import org.bpfgate.policy.PolicyWarning;

/**
 * Findings in the Static Analysis Results Interchange Format 2.1.0 (OASIS). Columns are those of the text read as ISO 8859-1, so
 * that bytes and characters are the same, and the document says so.
 */
final class Sarif {
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    private final Path file;
    private final PolicyFindings findings;
    private final String version;

    /**
     * The findings about one policy.
     *
     * @param file the policy
     * @param findings what there is to say against it
     * @param version of this program
     */
    Sarif(Path file, PolicyFindings findings, String version) {
        this.file = file;
        this.findings = findings;
        this.version = version;
    }

    /** Returns the document about some policies, a run each, on one line. */
    static String document(List<Sarif> runs) {
        return JsonMembers.object(json -> {
            json.text("$schema", SCHEMA);
            json.text("version", "2.1.0");
            json.array("runs", runs, Sarif::run);
        });
    }

    private void run(JsonMembers json) {
        json.object("tool", tool -> tool.object("driver", this::driver));
        json.text("defaultEncoding", "ISO-8859-1");
        json.text("columnKind", "utf16CodeUnits");
        json.array("results", results(), this::result);
    }

    private void driver(JsonMembers json) {
        json.text("name", "bpfgate policy lint");
        json.text("version", version);
        json.array("rules", List.of(PolicyWarning.Kind.values()), (kind, rule) -> {
            rule.text("id", kind.name());
            rule.object("shortDescription", text -> text.text("text", kind.description()));
        });
    }

    /** What errors and warnings have in common. */
    private record Result(String rule, String level, int line, int column, String message) {}

    private List<Result> results() {
        List<Result> results = new ArrayList<>();
        for (PolicyFault fault : findings.errors()) {
            results.add(new Result(fault.errno().name(), "error", fault.line(), fault.column(), fault.message()));
        }
        for (PolicyWarning warning : findings.warnings()) {
            results.add(
                    new Result(warning.kind().name(), "warning", warning.line(), warning.column(), warning.message()));
        }
        return results;
    }

    private void result(Result result, JsonMembers json) {
        json.text("ruleId", result.rule());
        json.text("level", result.level());
        json.object("message", message -> message.text("text", PolicyName.printed(result.message())));
        json.array("locations", List.of(result), this::location);
    }

    private void location(Result result, JsonMembers json) {
        json.object("physicalLocation", physical -> {
            physical.object("artifactLocation", artifact -> artifact.text("uri", uri()));
            physical.object("region", region -> {
                region.number("startLine", result.line());
                region.number("startColumn", result.column());
            });
        });
    }

    /** A reference that is relative where the path is, so that a scanner finds the file in its own tree (RFC 3986, section 4.2). */
    private String uri() {
        StringBuilder uri = new StringBuilder(file.isAbsolute() ? "file://" : "");
        for (byte b : file.toString().getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (isPlain(c)) {
                uri.append(c);
            } else {
                uri.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
                uri.append(Character.toUpperCase(Character.forDigit(c & 0xf, 16)));
            }
        }
        return uri.toString();
    }

    private static boolean isPlain(char c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || "-._~/".indexOf(c) >= 0);
    }
}
