package org.bpfgate.command.internal.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bpfgate.audit.PolicyBasis;
import org.bpfgate.command.internal.gate.ProgramDecision;
import org.bpfgate.command.internal.program.FoundProgram;
import org.bpfgate.hook.HookResult;
import org.bpfgate.integrity.Coverage;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.Signer;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.stack.LoadDecision;

/** The members of one program in the JSON form. */
public final class JsonProgram {
    private JsonProgram() {}

    /** What {@code verify} tells. */
    static void verified(ProgramDecision decided, JsonGenerator json) throws IOException {
        identity(decided.program(), json);
        verdicts(decided, json);
    }

    /** What {@code check} tells. */
    static void decided(ProgramDecision decided, JsonGenerator json) throws IOException {
        verified(decided, json);
        decision(decided, json);
    }

    /** What {@code test} tells. */
    static void compared(Comparison.Result compared, JsonGenerator json) throws IOException {
        decided(compared.decided(), json);
        if (compared.expected().isPresent()) {
            json.writeStringField("expected", compared.expected().get().outcome());
        }
        json.writeBooleanField("asExpected", compared.asExpected());
    }

    public static void identity(FoundProgram found, JsonGenerator json) throws IOException {
        BpfProgram program = found.program();
        json.writeStringField("path", found.file().toString());
        json.writeStringField("program", program.name());
        json.writeStringField("type", program.type().label());
        if (found.section().name().isPresent()) {
            json.writeStringField("unknownSection", found.section().name().get());
        }
        json.writeNumberField("instructions", program.instructions().count());
        Optional<ProgramDigest> digest = program.instructions().digest();
        if (digest.isPresent()) {
            json.writeStringField("digest", digest.get().toString());
            json.writeStringField("tag", digest.get().tag());
        } else {
            json.writeStringField("digestUnavailable", program.instructions().pendingReason());
        }
    }

    private static void verdicts(ProgramDecision decided, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("verdicts");
        for (LoadDecision.Report report : decided.decision().reports()) {
            verdict(report, json);
        }
        json.writeEndArray();
    }

    private static void verdict(LoadDecision.Report entry, JsonGenerator json) throws IOException {
        IntegrityReport report = entry.report();
        json.writeStartObject();
        json.writeStringField("lsm", entry.verifier().name());
        json.writeStringField("verdict", report.verdict().name());
        if (report.contract().isPresent()) {
            json.writeStringField("contract", report.contract().get());
        }
        if (report.signer().isPresent()) {
            json.writeStringField("signer", "sha256:" + report.signer().get().certificate());
            json.writeStringField("subject", report.signer().get().subject());
            signers(report.signers(), json);
        }
        signature(report, json);
        if (report.code().isPresent()) {
            json.writeStringField("code", report.code().get());
        }
        json.writeStringField("reason", report.reason());
        if (report.isCached()) {
            json.writeBooleanField("cached", true);
        }
        json.writeEndObject();
    }

    private static void signers(List<Signer> signers, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("signers");
        for (Signer signer : signers) {
            json.writeStartObject();
            json.writeStringField("certificate", "sha256:" + signer.certificate());
            json.writeStringField("subject", signer.subject());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void signature(IntegrityReport report, JsonGenerator json) throws IOException {
        if (report.digestAlgorithm().isPresent()) {
            json.writeStringField("digestAlgorithm", report.digestAlgorithm().get());
        }
        if (report.coverage().isPresent()) {
            Coverage coverage = report.coverage().get();
            json.writeStringField("covered", coverage.extent().label());
            json.writeNumberField("mapsSigned", coverage.mapsSigned());
            json.writeNumberField("mapsMatched", coverage.mapsMatched());
            json.writeNumberField("mapsImmutable", coverage.mapsImmutable());
            json.writeNumberField("mapsUnsigned", coverage.mapsUnsigned());
        }
    }

    private static void decision(ProgramDecision decided, JsonGenerator json) throws IOException {
        LoadDecision decision = decided.decision();
        HookResult result = decision.result();
        json.writeStringField("decision", decision.isAllow() ? "ALLOW" : "DENY");
        if (result.isPermitted()) {
            json.writeBooleanField("wouldBeDenied", true);
        }
        if (!decision.isAllow()) {
            json.writeStringField("errno", result.errno().orElseThrow().name());
            if (decision.deniedBy().isPresent()) {
                json.writeStringField("deniedBy", decision.deniedBy().get().name());
            }
        }
        if (result.basis().isPresent()) {
            basis(result.basis().get(), json);
        }
        if (!result.reason().isEmpty()) {
            json.writeStringField("reason", result.reason());
        }
        if (!result.fix().isEmpty()) {
            json.writeStringField("fix", result.fix());
        }
    }

    static void basis(PolicyBasis basis, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("policy");
        json.writeStringField("name", basis.policy());
        json.writeStringField("version", basis.version());
        json.writeEndObject();
        json.writeObjectFieldStart("rule");
        json.writeNumberField("line", basis.line());
        json.writeStringField("text", basis.text());
        json.writeStringField("kind", basis.kind().name());
        json.writeEndObject();
    }
}
