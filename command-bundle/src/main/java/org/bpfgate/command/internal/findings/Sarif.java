package org.bpfgate.command.internal.findings;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfgate.audit.JsonMembers;
import org.bpfgate.command.internal.context.PolicyName;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.policy.PolicyException;
import org.bpfgate.policy.PolicyFault;
import org.bpfgate.policy.PolicyFindings;
import org.bpfgate.policy.PolicyWarning;

/**
 * Findings in the Static Analysis Results Interchange Format 2.1.0 (OASIS). Columns are those of the text read as ISO 8859-1, so
 * that bytes and characters are the same, and the document says so.
 */
public final class Sarif {
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    /** The rule of files that are not there, or not to be read. */
    private static final String UNREADABLE = "UNREADABLE";

    private final Path file;
    private final List<Result> results;
    private final Tool tool;

    /**
     * This program.
     *
     * @param version its version
     * @param documentation where a reader finds what the rules mean
     */
    public record Tool(String version, URI documentation) {}

    private Sarif(Path file, List<Result> results, Tool tool) {
        this.file = file;
        this.results = List.copyOf(results);
        this.tool = tool;
    }

    /**
     * The findings about one policy.
     *
     * @param file the policy
     * @param findings what there is to say against it
     */
    public static Sarif of(Path file, PolicyFindings findings, Tool tool) {
        return new Sarif(file, results(findings), tool);
    }

    /** What there is to say of a file that cannot be read. */
    public static Sarif of(Path file, InputException fault, Tool tool) {
        Result result = new Result(UNREADABLE, "error", 0, 0, String.valueOf(fault.getMessage()));
        return new Sarif(file, List.of(result), tool);
    }

    /** What there is to say of a signed policy that is refused. */
    public static Sarif of(Path file, PolicyException refusal, Tool tool) {
        Result result = new Result(
                refusal.errno().name(),
                "error",
                refusal.line(),
                refusal.column(),
                String.valueOf(refusal.getMessage()));
        return new Sarif(file, List.of(result), tool);
    }

    /** Returns the document about some policies, a run each, on one line. */
    public static String document(List<Sarif> runs) {
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
        json.array(
                "invocations",
                List.of(this),
                (run, invocation) -> invocation.bool("executionSuccessful", isComplete()));
        json.array("results", results, this::result);
    }

    private boolean isComplete() {
        return results.stream().noneMatch(result -> result.rule().equals(UNREADABLE));
    }

    private void driver(JsonMembers json) {
        json.text("name", "bpfgate policy lint");
        json.text("version", tool.version());
        json.text("informationUri", tool.documentation().toString());
        json.array("rules", List.copyOf(rules().entrySet()), (entry, rule) -> {
            rule.text("id", entry.getKey());
            rule.object("shortDescription", text -> text.text("text", entry.getValue()));
        });
    }

    /** Every kind of warning, and the errors that are found. */
    private Map<String, String> rules() {
        Map<String, String> rules = new LinkedHashMap<>();
        for (PolicyWarning.Kind kind : PolicyWarning.Kind.values()) {
            rules.put(kind.name(), kind.description());
        }
        for (Result result : results) {
            rules.computeIfAbsent(result.rule(), Sarif::error);
        }
        return rules;
    }

    /** What the kernel's parser of policies, or the check of their signatures, means by an error number. */
    private static String error(String rule) {
        return switch (rule) {
            case UNREADABLE -> "the file cannot be read";
            case "EBADMSG" -> "the policy or its signature is not well-formed";
            case "EINVAL" -> "the policy has a value that is not valid";
            case "ERANGE" -> "a number is out of range";
            case "ENAMETOOLONG" -> "a name is too long";
            case "ENOKEY" -> "the signer is not trusted";
            case "EKEYREJECTED" -> "the signature does not hold";
            case "ENOPKG" -> "the algorithm of the signature is not supported";
            default -> "the policy is refused with " + rule;
        };
    }

    /** What errors and warnings have in common. */
    private record Result(String rule, String level, int line, int column, String message) {}

    private static List<Result> results(PolicyFindings findings) {
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
            if (result.line() > 0) {
                physical.object("region", region -> {
                    region.number("startLine", result.line());
                    region.number("startColumn", result.column());
                });
            }
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
