package org.bpfgate.command.internal.doctor;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.bpfgate.command.internal.host.Finding;
import org.bpfgate.command.internal.io.JsonText;

/** The report for programs: one object. Fields may be added, and none is renamed. */
public final class DoctorJson {
    private DoctorJson() {}

    /** Prints the state of the host. */
    public static void host(List<Finding> findings, PrintWriter out) {
        JsonText.print(out, json -> {
            json.writeArrayFieldStart("host");
            for (Finding finding : findings) {
                json.writeStartObject();
                json.writeStringField("id", finding.id());
                json.writeStringField("state", finding.state().text());
                json.writeStringField("value", finding.value());
                json.writeStringField("meaning", finding.meaning());
                json.writeStringField("fix", finding.fix());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** Prints why calls of a command failed. */
    public static void command(int exitCode, FailedCalls calls, PrintWriter out) {
        JsonText.print(out, json -> {
            json.writeNumberField("exitCode", exitCode);
            json.writeNumberField("calls", calls.seen());
            json.writeNumberField("signedLoads", calls.signed());
            json.writeNumberField("failuresLeftOut", calls.notKept());
            json.writeArrayFieldStart("failures");
            for (FailedCalls.Counted counted : calls.failures()) {
                failure(counted, json);
            }
            json.writeEndArray();
        });
    }

    private static void failure(FailedCalls.Counted counted, JsonGenerator json) throws IOException {
        FailedCalls.Explained failure = counted.failure();
        json.writeStartObject();
        json.writeStringField("call", failure.call());
        json.writeStringField("client", failure.client());
        json.writeStringField("errno", failure.errno());
        json.writeNumberField("times", counted.count());
        json.writeStringField("cause", failure.diagnosis().cause().text());
        json.writeStringField("explanation", failure.diagnosis().explanation());
        json.writeStringField("fix", failure.diagnosis().remedy());
        json.writeArrayFieldStart("log");
        for (String line : failure.diagnosis().log()) {
            json.writeString(line);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
