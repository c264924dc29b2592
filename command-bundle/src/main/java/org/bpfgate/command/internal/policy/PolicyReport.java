package org.bpfgate.command.internal.policy;

import java.util.List;
import java.util.function.Function;
import org.bpfgate.audit.JsonMembers;
import org.bpfgate.command.internal.context.Console;
import org.bpfgate.command.internal.context.Format;
import org.bpfgate.command.internal.context.PolicyName;
import org.bpfgate.command.internal.io.JsonText;
import org.bpfgate.integrity.Signer;
import org.bpfgate.policy.LoadedPolicy;
import org.bpfgate.policy.PolicyException;
import org.jspecify.annotations.Nullable;

/** Prints what became of a request about policies. */
final class PolicyReport {
    private final Format format;
    private final Console console;

    PolicyReport(Format format, Console console) {
        this.format = format;
        this.console = console;
    }

    /** Prints the policies that a request was about, a line each, or as one JSON object. */
    void done(List<LoadedPolicy> policies, Function<LoadedPolicy, String> describe) {
        if (format == Format.JSON) {
            console.out().println(JsonMembers.object(json -> {
                json.number(JsonText.SCHEMA_VERSION_NAME, JsonText.SCHEMA_VERSION);
                json.bool("ok", true);
                json.array("policies", policies, PolicyReport::policy);
            }));
            return;
        }
        for (LoadedPolicy policy : policies) {
            console.out().println(describe.apply(policy));
        }
    }

    /**
     * Prints a refusal: one line on the side of the diagnostics, and as JSON an object besides.
     *
     * @param subject what the refusal is about; empty when its message names that itself
     */
    void refused(String subject, PolicyException refusal) {
        String place = refusal.line() == 0 ? "" : ":" + refusal.line() + ":" + refusal.column();
        String message = PolicyName.printed(String.valueOf(refusal.getMessage()));
        String about = subject.isEmpty() ? "" : subject + place + ": ";
        console.error(about + message + " (" + refusal.errno() + ")");
        if (format == Format.JSON) {
            console.out().println(JsonMembers.object(json -> refusal(json, refusal, message)));
        }
    }

    private static void refusal(JsonMembers json, PolicyException refusal, String message) {
        json.number(JsonText.SCHEMA_VERSION_NAME, JsonText.SCHEMA_VERSION);
        json.bool("ok", false);
        json.text("errno", refusal.errno().name());
        if (refusal.line() > 0) {
            json.number("line", refusal.line());
            json.number("column", refusal.column());
        }
        json.text("message", message);
    }

    private static void policy(LoadedPolicy policy, JsonMembers json) {
        json.text("name", PolicyName.printed(policy.name()));
        json.text("version", policy.version());
        json.bool("active", policy.active());
        json.text("origin", policy.origin().name());
        json.text("digest", "sha256:" + policy.digest());
        Signer signer = policy.signer().orElse(null);
        json.text("signer", certificate(signer));
        json.text("signerSubject", signer == null ? null : signer.subject());
    }

    private static @Nullable String certificate(@Nullable Signer signer) {
        return signer == null ? null : "sha256:" + signer.certificate();
    }
}
