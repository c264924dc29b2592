package org.bpfgate.command.internal.policy;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.bpfgate.audit.JsonMembers;
import org.bpfgate.audit.PolicyBasis;
import org.bpfgate.command.internal.context.PolicyName;
import org.bpfgate.command.internal.io.JsonText;
import org.bpfgate.policy.PolicyDifference;
import org.bpfgate.policy.PolicyDifference.Witness;

/** A difference of two policies for people and for programs. */
final class DifferenceReport {
    private final Path first;
    private final Path second;
    private final PolicyDifference difference;

    DifferenceReport(Path first, Path second, PolicyDifference difference) {
        this.first = first;
        this.second = second;
        this.difference = difference;
    }

    /** Returns whether nothing was found and yet something may be there. */
    boolean isUndecided() {
        return !difference.exhaustive()
                && difference.allowedOnlyByFirst().isEmpty()
                && difference.allowedOnlyBySecond().isEmpty();
    }

    /** Returns an event for each direction, with the lines that decide on it; without the last line feed. */
    String text() {
        return difference.isNone()
                ? "both decide alike on every event"
                : direction(first, difference.allowedOnlyByFirst()) + "\n"
                        + direction(second, difference.allowedOnlyBySecond());
    }

    private String direction(Path allowing, Optional<Witness> witness) {
        return "only " + allowing + " allows: "
                + witness.map(this::event).orElse(difference.exhaustive() ? "nothing" : "not known");
    }

    private String event(Witness witness) {
        StringBuilder text = new StringBuilder("op=").append(witness.op());
        for (String fact : witness.facts()) {
            text.append(", ").append(fact);
        }
        return text + basis(first, witness.firstBasis()) + basis(second, witness.secondBasis());
    }

    private static String basis(Path policy, Optional<PolicyBasis> basis) {
        return "\n       " + policy
                + basis.map(line -> ":" + line.line() + ": " + PolicyName.printed(line.text()))
                        .orElse(": no line of it is about such an event");
    }

    /** Returns one object, on one line. */
    String json() {
        return JsonMembers.object(json -> {
            json.number(JsonText.SCHEMA_VERSION_NAME, JsonText.SCHEMA_VERSION);
            json.bool("equivalent", difference.isNone());
            json.bool("exhaustive", difference.exhaustive());
            difference.allowedOnlyByFirst().ifPresent(found -> json.object("allowedOnlyByFirst", of(found)));
            difference.allowedOnlyBySecond().ifPresent(found -> json.object("allowedOnlyBySecond", of(found)));
        });
    }

    private static Consumer<JsonMembers> of(Witness witness) {
        return json -> {
            json.text("op", witness.op());
            json.texts("facts", witness.facts());
            witness.firstBasis().ifPresent(basis -> json.object("first", of(basis)));
            witness.secondBasis().ifPresent(basis -> json.object("second", of(basis)));
        };
    }

    private static Consumer<JsonMembers> of(PolicyBasis basis) {
        return json -> {
            json.number("line", basis.line());
            json.text("text", PolicyName.printed(basis.text()));
            json.text("kind", basis.kind().name());
        };
    }
}
