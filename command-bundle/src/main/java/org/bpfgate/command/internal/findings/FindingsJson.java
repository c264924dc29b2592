package org.bpfgate.command.internal.findings;

import java.nio.file.Path;
import java.util.List;
import org.bpfgate.audit.JsonMembers;
import org.bpfgate.command.internal.context.PolicyName;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.io.JsonText;
import org.bpfgate.policy.PolicyFault;
import org.bpfgate.policy.PolicyFindings;
import org.bpfgate.policy.PolicyWarning;
import org.jspecify.annotations.Nullable;

/** Findings as one JSON object: the first error, which is the kernel's, as its own members, then all errors and warnings. */
public final class FindingsJson {
    private FindingsJson() {}

    /** Returns the object, on one line; with the file where it is one of several. */
    public static String of(@Nullable Path file, PolicyFindings findings) {
        return JsonMembers.object(json -> {
            json.number(JsonText.SCHEMA_VERSION_NAME, JsonText.SCHEMA_VERSION);
            json.text("file", file == null ? null : file.toString());
            json.bool("ok", findings.loads());
            if (!findings.loads()) {
                fault(findings.errors().getFirst(), json);
            }
            json.array("errors", findings.errors(), FindingsJson::fault);
            json.array("warnings", findings.warnings(), FindingsJson::warning);
        });
    }

    /** Returns the object about a file that cannot be read, on one line. */
    public static String of(Path file, InputException unreadable) {
        return JsonMembers.object(json -> {
            json.number(JsonText.SCHEMA_VERSION_NAME, JsonText.SCHEMA_VERSION);
            json.bool("ok", false);
            json.array("unreadable", List.of(unreadable), (fault, member) -> {
                member.text("file", file.toString());
                member.text("message", fault.getMessage());
            });
        });
    }

    private static void fault(PolicyFault fault, JsonMembers json) {
        json.text("errno", fault.errno().name());
        place(fault.line(), fault.column(), fault.message(), json);
        json.text("suggestion", fault.suggestion());
    }

    private static void warning(PolicyWarning warning, JsonMembers json) {
        json.text("kind", warning.kind().name());
        place(warning.line(), warning.column(), warning.message(), json);
    }

    private static void place(int line, int column, String message, JsonMembers json) {
        json.number("line", line);
        json.number("column", column);
        json.text("message", PolicyName.printed(message));
    }
}
