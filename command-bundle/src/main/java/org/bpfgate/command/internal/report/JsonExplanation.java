package org.bpfgate.command.internal.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.bpfgate.command.internal.context.PolicyName;
import org.bpfgate.hook.HookResult;
import org.bpfgate.policy.PolicyExplanation;
import org.bpfgate.policy.PolicyExplanation.Condition;
import org.bpfgate.policy.PolicyExplanation.RuleTrial;

/** The members of one program in the JSON form of {@code policy explain}. */
final class JsonExplanation {
    private JsonExplanation() {}

    static void write(ProgramExplanation explained, JsonGenerator json) throws IOException {
        JsonProgram.verified(explained.decided(), json);
        PolicyExplanation explanation = explained.explanation();
        json.writeStringField("decision", explained.allows() ? "ALLOW" : "DENY");
        HookResult verifiers = explained.decided().decision().result();
        if (!verifiers.isAllow()) {
            json.writeStringField("reason", verifiers.reason());
        }
        if (explanation.basis().isPresent()) {
            JsonProgram.basis(explanation.basis().get(), json);
        }
        rules(explanation, json);
        if (explanation.nearest().isPresent()) {
            json.writeNumberField("nearest", explanation.nearest().get().line());
        }
        if (!explanation.allows()) {
            json.writeStringField("fix", PolicyName.printed(explanation.advice()));
        }
        commands(explained, json);
    }

    private static void rules(PolicyExplanation explanation, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("rules");
        for (RuleTrial rule : explanation.rules()) {
            json.writeStartObject();
            json.writeNumberField("line", rule.line());
            json.writeStringField("text", PolicyName.printed(rule.text()));
            json.writeStringField("action", rule.allows() ? "ALLOW" : "DENY");
            json.writeBooleanField("matches", rule.matches());
            conditions(rule, json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void conditions(RuleTrial rule, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("conditions");
        for (Condition condition : rule.conditions()) {
            json.writeStartObject();
            json.writeStringField("word", PolicyName.printed(condition.word()));
            json.writeBooleanField("holds", condition.holds());
            if (!condition.present().isEmpty()) {
                json.writeStringField("present", PolicyName.printed(condition.present()));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void commands(ProgramExplanation explained, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("commands");
        for (String command : explained.commands()) {
            json.writeString(command);
        }
        json.writeEndArray();
    }
}
