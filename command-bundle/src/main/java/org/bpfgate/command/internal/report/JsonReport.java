package org.bpfgate.command.internal.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bpfgate.command.internal.context.Console;
import org.bpfgate.command.internal.gate.ProgramDecision;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.io.JsonText;
import org.bpfgate.stack.ModuleStack;

/** For programs: one JSON object, a stable contract to which fields may be added. */
public final class JsonReport implements Report {
    @Override
    public void decisions(ModuleStack stack, List<ProgramDecision> decisions, Console console) {
        print(stack, decisions, console, JsonProgram::decided, json -> {});
    }

    @Override
    public void verdicts(ModuleStack stack, List<ProgramDecision> decisions, Console console) {
        print(stack, decisions, console, JsonProgram::verified, json -> {});
    }

    @Override
    public void explanations(ModuleStack stack, List<ProgramExplanation> all, Console console) {
        print(stack, all, console, JsonExplanation::write, json -> {});
    }

    @Override
    public void comparison(ModuleStack stack, Comparison comparison, Console console) {
        List<Comparison.Result> all = new ArrayList<>(comparison.shown(true));
        all.addAll(comparison.shown(false));
        print(stack, all, console, JsonProgram::compared, json -> missing(comparison, json));
    }

    private static void missing(Comparison comparison, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("missing");
        for (Comparison.Missing missing : comparison.missing()) {
            json.writeStartObject();
            json.writeStringField("directory", missing.directory().toString());
            json.writeStringField("program", missing.expectation().program());
            json.writeStringField("expected", missing.expectation().outcome());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Prints what a verb has to say that could use none of its inputs. */
    public static void unreadable(Console console) {
        JsonText.print(console.out(), json -> unreadable(console, json));
    }

    private static void unreadable(Console console, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("unreadable");
        for (InputException fault : console.unreadable()) {
            json.writeStartObject();
            if (fault.file().isPresent()) {
                json.writeStringField("file", fault.file().get().toString());
            }
            if (fault.line() > 0) {
                json.writeNumberField("line", fault.line());
                json.writeNumberField("column", fault.column());
            }
            json.writeStringField("message", String.valueOf(fault.getMessage()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Writes the members of one program's object. */
    @FunctionalInterface
    private interface Program<T> {
        void write(T program, JsonGenerator json) throws IOException;
    }

    private static <T> void print(
            ModuleStack stack, List<T> programs, Console console, Program<T> members, JsonText.Members more) {
        JsonText.print(console.out(), json -> {
            json.writeNumberField("generation", stack.generation());
            stack(stack, json);
            json.writeArrayFieldStart("programs");
            for (T program : programs) {
                json.writeStartObject();
                members.write(program, json);
                json.writeEndObject();
            }
            json.writeEndArray();
            unreadable(console, json);
            more.write(json);
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
