package org.bpfgate.observe.internal.decisions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfgate.audit.PolicyBasis;
import org.bpfgate.hook.HookResult;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.mediation.MediationResult;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.LoadClient;
import org.bpfgate.stack.LoadDecision;

/**
 * What is kept of a mediated command: texts and numbers for people, and nothing of the program's instructions, which may have megabytes.
 *
 * @param time when the client asked
 * @param isDenied whether the gate or a module refused
 * @param members as the control socket gives them
 */
record Decision(Instant time, boolean isDenied, Map<String, Object> members) {
    private static final long NANOS_PER_MICRO = 1_000;

    /** Takes what is known when the client has its answer; asks for nothing more, as the client may be gone. */
    static Decision of(MediationRecord mediated) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("time", mediated.time().toString());
        members.put("command", mediated.command().name());
        mediated.client().ifPresent(client -> members.put("client", client(client)));
        mediated.load().ifPresent(load -> program(load.program(), members));
        if (mediated.decision().isPresent()) {
            decision(mediated.decision().get(), members);
        } else {
            mediated.said().ifPresent(said -> result(said, members));
        }
        if (!mediated.object().isEmpty()) {
            members.put("object", mediated.object());
        }
        MediationResult result = mediated.result();
        result.errno().ifPresent(errno -> members.put("errno", errno));
        members.putIfAbsent("decision", mediated.isDenied() ? "DENY" : "NONE");
        if (!result.reason().isEmpty()) {
            members.putIfAbsent("reason", result.reason());
        }
        members.put("micros", mediated.duration().toNanos() / NANOS_PER_MICRO);
        return new Decision(mediated.time(), mediated.isDenied(), members);
    }

    private static Map<String, Object> client(LoadClient client) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("pid", client.pid());
        members.put("uid", client.uid());
        members.put("comm", client.comm());
        return members;
    }

    private static void program(BpfProgram program, Map<String, Object> members) {
        members.put("program", program.name());
        members.put("programType", program.type().label());
        members.put("digest", program.instructions().digest().orElseThrow().toString());
    }

    private static void decision(LoadDecision decision, Map<String, Object> members) {
        members.put("generation", decision.stack().generation());
        List<Map<String, Object>> verdicts = new ArrayList<>();
        for (LoadDecision.Report report : decision.reports()) {
            verdicts.add(Map.of(
                    "lsm",
                    report.verifier().name(),
                    "verdict",
                    report.report().verdict().name()));
        }
        members.put("verdicts", verdicts);
        result(decision.result(), members);
        decision.deniedBy().ifPresent(lsm -> members.put("deniedBy", lsm.name()));
        members.put("reason", decision.why());
    }

    private static void result(HookResult result, Map<String, Object> members) {
        members.put("decision", result.isAllow() ? "ALLOW" : "DENY");
        result.basis().ifPresent(basis -> members.put("rule", rule(basis)));
        if (!result.reason().isEmpty()) {
            members.put("reason", result.reason());
        }
    }

    private static Map<String, Object> rule(PolicyBasis basis) {
        return Map.of("policy", basis.policy(), "line", basis.line(), "text", basis.text());
    }
}
