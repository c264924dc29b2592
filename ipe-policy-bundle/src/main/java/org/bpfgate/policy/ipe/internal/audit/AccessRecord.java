package org.bpfgate.policy.ipe.internal.audit;

import java.util.Objects;
import java.util.Optional;
import org.bpfgate.audit.AuditClient;
import org.bpfgate.audit.AuditRecord;
import org.bpfgate.audit.AuditType;
import org.bpfgate.audit.JsonMembers;
import org.bpfgate.audit.PolicyBasis;
import org.jspecify.annotations.Nullable;

/**
 * Record 1420: the policy decided on an event.
 *
 * @param event what happened
 * @param enforcing whether a denial was one, or was only recorded
 * @param allows what the policy said
 * @param basis the line that decided; null when no line had a say
 * @param reason why, where no line had a say; null where one had. The kernel's text leaves it out
 */
public record AccessRecord(
        AccessEvent event,
        boolean enforcing,
        boolean allows,
        @Nullable PolicyBasis basis,
        @Nullable String reason) implements AuditRecord {
    /** A decision by a line of a policy. */
    public AccessRecord(AccessEvent event, boolean enforcing, boolean allows, @Nullable PolicyBasis basis) {
        this(event, enforcing, allows, basis, null);
    }

    /** Refuses null. */
    public AccessRecord {
        Objects.requireNonNull(event);
    }

    @Override
    public AuditType type() {
        return AuditType.IPE_ACCESS;
    }

    @Override
    public Optional<String> kernelText() {
        AuditClient actor = event.actor();
        AccessEvent.File file = event.file();
        return Optional.of("ipe_op=" + event.op() + " ipe_hook=" + event.hook() + " enforcing="
                + AuditText.bit(enforcing) + " " + (actor == null ? "pid=? comm=?" : actor.fields()) + " "
                + (file == null ? "path=? dev=? ino=?" : file.fields()) + " rule=" + rule());
    }

    private String rule() {
        return basis == null ? AuditText.ABSENT : '"' + AuditText.rule(basis.text()) + '"';
    }

    @Override
    public void describe(JsonMembers json) {
        json.text("op", event.op());
        json.text("hook", event.hook());
        json.bool("enforcing", enforcing);
        json.text("decision", allows ? "ALLOW" : "DENY");
        describe(event.actor(), json);
        describe(event.file(), json);
        describe(event.program(), json);
        describe(basis, json);
        json.text("reason", reason);
    }

    private static void describe(@Nullable AuditClient actor, JsonMembers json) {
        if (actor != null) {
            json.object("client", actor::describe);
        }
    }

    private static void describe(AccessEvent.@Nullable File about, JsonMembers json) {
        if (about != null) {
            json.object("file", file -> {
                file.text("path", about.path());
                file.text("device", about.device());
                file.text("inode", Long.toUnsignedString(about.inode()));
            });
        }
    }

    private static void describe(AccessEvent.@Nullable Program about, JsonMembers json) {
        if (about != null) {
            json.text("program", about.name());
            json.text("programType", about.type());
        }
    }

    private static void describe(@Nullable PolicyBasis basis, JsonMembers json) {
        if (basis != null) {
            json.object("policy", policy -> {
                policy.text("name", basis.policy());
                policy.text("version", basis.version());
            });
            json.object("rule", rule -> {
                rule.number("line", basis.line());
                rule.text("text", basis.text());
                rule.text("kind", basis.kind().name());
            });
        }
    }
}
