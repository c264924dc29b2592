package org.bpfgate.serve.internal.socket;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfgate.audit.AuditRecord;
import org.bpfgate.audit.AuditType;
import org.bpfgate.audit.JsonMembers;
import org.bpfgate.audit.KernelLine;
import org.bpfgate.control.ControlRequest;

/**
 * Record 1316: somebody asked the running gate for a change.
 *
 * @param request what was asked, and by whom
 * @param outcome {@code done}, the word of an error's kind, or {@code interrupted}
 * @param message of the error; empty for none
 * @param result the generations before and after, when the verb tells them
 */
record ControlRecord(ControlRequest request, String outcome, String message, Map<String, ?> result)
        implements AuditRecord {
    @Override
    public AuditType type() {
        return AuditType.KERNEL_OTHER;
    }

    @Override
    public Optional<String> kernelText() {
        return Optional.of("op=" + request.verb() + " pid=" + request.peer().pid() + " uid="
                + Integer.toUnsignedLong(request.peer().uid()) + " arguments="
                + KernelLine.untrusted(request.arguments().toString()) + " res="
                + (outcome.equals("done") ? '1' : '0'));
    }

    @Override
    public void describe(JsonMembers json) {
        json.text("verb", request.verb());
        json.object("by", by -> {
            by.number("pid", request.peer().pid());
            by.number("uid", Integer.toUnsignedLong(request.peer().uid()));
        });
        json.object("arguments", this::arguments);
        json.text("outcome", outcome);
        json.text("reason", message.isEmpty() ? null : message);
        generation(json, "before");
        generation(json, "after");
    }

    private void arguments(JsonMembers json) {
        request.arguments().forEach((name, value) -> {
            if (value instanceof List<?> values) {
                json.texts(name, values.stream().map(String::valueOf).toList());
            } else {
                json.text(name, String.valueOf(value));
            }
        });
    }

    private void generation(JsonMembers json, String name) {
        if (result.get(name) instanceof Number number) {
            json.number(name, number.longValue());
        }
    }
}
