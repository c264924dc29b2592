package org.bpfgate.command.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.bpfgate.command.read.internal.FoundProgram;
import org.bpfgate.command.stream.internal.JsonText;
import org.bpfgate.hook.ModuleStack;

/** For programs: one JSON object, a stable contract to which fields may be added. */
final class JsonReport implements Report {
    @Override
    public void decisions(ModuleStack stack, List<Decided> decisions, PrintWriter out) {
        print(stack, decisions, out, JsonProgram::decided);
    }

    @Override
    public void verdicts(ModuleStack stack, List<Decided> decisions, PrintWriter out) {
        print(stack, decisions, out, JsonProgram::verified);
    }

    @Override
    public void comparison(ModuleStack stack, List<Compared> all, PrintWriter out) {
        print(stack, all, out, JsonProgram::compared);
    }

    /** Prints how a policy comes to its decisions. */
    static void explanations(ModuleStack stack, List<Explained> all, PrintWriter out) {
        print(stack, all, out, JsonExplanation::write);
    }

    /** Prints what was signed: the program as elsewhere, where its signature is, and how many maps it covers. */
    static void signed(FoundProgram program, Contract contract, Path signature, int maps, PrintWriter out) {
        JsonText.print(out, json -> {
            JsonProgram.identity(program, json);
            json.writeStringField("contract", contract.toString());
            json.writeNumberField("maps", maps);
            json.writeStringField("signature", signature.toString());
        });
    }

    /** Prints which text was signed, and where the message is that carries it. */
    static void signedText(Path text, Path message, PrintWriter out) {
        JsonText.print(out, json -> {
            json.writeStringField("path", text.toString());
            json.writeStringField("contract", Contract.MANIFEST.toString());
            json.writeStringField("signature", message.toString());
        });
    }

    /** Writes the members of one program's object. */
    @FunctionalInterface
    private interface Program<T> {
        void write(T program, JsonGenerator json) throws IOException;
    }

    private static <T> void print(ModuleStack stack, List<T> programs, PrintWriter out, Program<T> members) {
        JsonText.print(out, json -> {
            json.writeNumberField("generation", stack.generation());
            stack(stack, json);
            json.writeArrayFieldStart("programs");
            for (T program : programs) {
                json.writeStartObject();
                members.write(program, json);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void stack(ModuleStack stack, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("stack");
        for (ModuleStack.Entry module : stack.modules()) {
            json.writeStartObject();
            json.writeStringField("lsm", module.lsm().name());
            json.writeNumberField("ranking", module.ranking());
            json.writeStringField("bundle", module.bundle());
            json.writeStringField("version", module.version());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
