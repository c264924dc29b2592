package org.bpfgate.kernel.internal.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfgate.audit.AuditClient;
import org.bpfgate.audit.AuditRecord;
import org.bpfgate.audit.AuditType;
import org.bpfgate.audit.JsonMembers;
import org.bpfgate.audit.KernelLine;
import org.bpfgate.audit.PolicyBasis;
import org.bpfgate.hook.HookResult;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.kernel.internal.client.ProcessIds;
import org.bpfgate.kernel.internal.seccomp.Notifications.Notification;
import org.bpfgate.mediation.LoadedProgram;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.mediation.MediationResult;
import org.bpfgate.program.AttachTarget;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.LoadAttributes;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.LoadDecision;
import org.jspecify.annotations.Nullable;

/**
 * The audit record of one mediated bpf(2) command.
 *
 * @param mediated the request, the decision and the result
 * @param call the arguments of the system call
 * @param ids numbers of the client; null when they are not known
 */
record BpfAuditRecord(
        MediationRecord mediated,
        Notification call,
        @Nullable ProcessIds ids) implements AuditRecord {
    private static final long NANOS_PER_MICRO = 1_000;

    @Override
    public AuditType type() {
        return AuditType.BPF;
    }

    /**
     * The kernel's text for a loaded program ({@code bpf_audit_prog()} of {@code kernel/bpf/syscall.c}), and behind it what the gate
     * knows. Loads only, as in the kernel; others have the record of the system call.
     */
    @Override
    public Optional<String> kernelText() {
        return mediated.load().map(this::loadText);
    }

    @Override
    public List<KernelLine> kernelLines() {
        List<KernelLine> lines = new ArrayList<>();
        kernelText().ifPresent(text -> lines.add(new KernelLine(AuditType.BPF, text)));
        lines.add(SyscallLine.of(call, mediated.result(), mediated.client(), ids));
        return lines;
    }

    private String loadText(ProgramLoad load) {
        BpfProgram program = load.program();
        StringBuilder text = new StringBuilder(256)
                .append("prog-id=")
                .append(mediated.loaded()
                        .map(loaded -> Integer.toUnsignedString(loaded.id()))
                        .orElse("?"))
                .append(" op=LOAD prog_name=")
                .append(KernelLine.untrusted(program.name()))
                .append(" prog_type=")
                .append(program.type().label())
                .append(" hash=")
                .append(program.instructions().digest().orElseThrow());
        mediated.client().ifPresent(client -> {
            client.executableSha256()
                    .ifPresent(hex -> text.append(" exe_hash=sha256:").append(hex));
            client.unit().ifPresent(unit -> text.append(" unit=").append(KernelLine.untrusted(unit)));
        });
        mediated.decision()
                .flatMap(LoadDecision::deniedBy)
                .ifPresent(lsm -> text.append(" lsm=").append(lsm));
        boolean blocked = mediated.isDenied() && mediated.result().errno().isPresent();
        if (mediated.isDenied() && !blocked) {
            // As in the record of a policy (IPE_ACCESS) whose denials do not count.
            text.append(" enforcing=0");
        }
        return text.append(" res=").append(blocked ? '0' : '1').toString();
    }

    @Override
    public void describe(JsonMembers json) {
        json.text("command", mediated.command().name());
        mediated.client().ifPresent(client -> json.object("client", AuditClient.of(client)::describe));
        mediated.load().ifPresent(load -> program(load, json));
        mediated.decision().ifPresent(decision -> decision(decision, json));
        json.text("object", emptyIsNone(mediated.object()));
        boolean isDecidedOn = mediated.decision().isPresent();
        mediated.said()
                .filter(decision -> isDecidedOn)
                .ifPresent(decision -> json.object("refusal", members -> refusal(decision, members)));
        mediated.said().filter(decision -> !isDecidedOn).ifPresent(decision -> decision(decision, json));
        mediated.loaded().ifPresent(loaded -> json.object("loaded", members -> loaded(loaded, members)));
        json.object("result", members -> result(mediated.result(), members));
        json.number("durationMicros", mediated.duration().toNanos() / NANOS_PER_MICRO);
    }

    private static void program(ProgramLoad load, JsonMembers json) {
        BpfProgram program = load.program();
        ProgramDigest digest = program.instructions().digest().orElseThrow();
        json.text("program", program.name());
        json.text("programType", program.type().label());
        json.number("instructions", program.instructions().count());
        json.text("digest", digest.toString());
        json.text("tag", digest.tag());
        json.text("probe", load.probe().orElse(null));
        json.object("attributes", members -> attributes(load, members));
    }

    /** What is 0 or empty is left out. */
    private static void attributes(ProgramLoad load, JsonMembers json) {
        LoadAttributes attributes = load.attributes();
        json.text("license", emptyIsNone(attributes.license()));
        if (attributes.flags() != 0) {
            json.texts("flags", attributes.flagSet().stream().map(Enum::name).toList());
        }
        count(json, "ifindex", attributes.interfaceIndex());
        count(json, "attachType", load.attachType());
        count(json, "attachBtfId", attributes.attachTarget().btfId());
        attributes
                .attachTarget()
                .object()
                .ifPresent(object -> json.object("attachTo", members -> kernelObject(object, members)));
        count(json, "functions", attributes.records().functions());
        count(json, "lines", attributes.records().lines());
        count(json, "relocations", attributes.records().relocations());
        count(json, "boundDescriptors", attributes.boundDescriptors());
        if (!attributes.kernelTypes().isEmpty()) {
            json.array("kernelTypes", attributes.kernelTypes(), BpfAuditRecord::kernelObject);
        }
    }

    private static void count(JsonMembers json, String name, int number) {
        if (number != 0) {
            json.number(name, Integer.toUnsignedLong(number));
        }
    }

    private static void kernelObject(AttachTarget.KernelObject object, JsonMembers json) {
        json.text("kind", object.kind().name());
        count(json, "id", object.id());
        json.text("name", emptyIsNone(object.name()));
        json.text("tag", emptyIsNone(object.tag()));
    }

    private static void loaded(LoadedProgram loaded, JsonMembers json) {
        json.number("id", Integer.toUnsignedLong(loaded.id()));
        json.text("tag", loaded.tag());
    }

    private static void refusal(HookResult refusal, JsonMembers json) {
        json.text("errno", refusal.errno().map(Enum::name).orElse(null));
        json.text("reason", emptyIsNone(refusal.reason()));
    }

    private static void decision(LoadDecision decision, JsonMembers json) {
        HookResult result = decision.result();
        json.number("generation", decision.stack().generation());
        json.array("verdicts", decision.reports(), BpfAuditRecord::verdict);
        json.text("decision", decision.isAllow() ? "ALLOW" : "DENY");
        json.text("errno", result.errno().map(Enum::name).orElse(null));
        json.text("deniedBy", decision.deniedBy().map(Object::toString).orElse(null));
        result.basis().ifPresent(basis -> basis(basis, json));
        json.text("reason", emptyIsNone(result.reason()));
        json.text("fix", emptyIsNone(result.fix()));
    }

    private static void decision(HookResult decision, JsonMembers json) {
        json.text("decision", decision.isAllow() ? "ALLOW" : "DENY");
        json.text("errno", decision.errno().map(Enum::name).orElse(null));
        json.text("reason", emptyIsNone(decision.reason()));
    }

    private static void verdict(LoadDecision.Report entry, JsonMembers json) {
        IntegrityReport report = entry.report();
        json.text("lsm", entry.verifier().name());
        json.text("verdict", report.verdict().name());
        json.text("contract", report.contract().orElse(null));
        json.text(
                "signer",
                report.signer().map(signer -> "sha256:" + signer.certificate()).orElse(null));
        json.texts(
                "signers",
                report.signers().stream()
                        .map(signer -> "sha256:" + signer.certificate())
                        .toList());
        json.text("code", report.code().orElse(null));
        json.text("reason", report.reason());
    }

    private static void basis(PolicyBasis basis, JsonMembers json) {
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

    static void result(MediationResult result, JsonMembers json) {
        result.fd().ifPresent(fd -> json.number("fd", fd));
        json.text("errno", result.errno().orElse(null));
        json.text("reason", emptyIsNone(result.reason()));
    }

    private static @Nullable String emptyIsNone(String text) {
        return text.isEmpty() ? null : text;
    }
}
