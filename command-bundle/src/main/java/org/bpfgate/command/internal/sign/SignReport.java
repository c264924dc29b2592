package org.bpfgate.command.internal.sign;

import java.nio.file.Path;
import org.bpfgate.command.internal.context.Console;
import org.bpfgate.command.internal.context.Count;
import org.bpfgate.command.internal.context.Format;
import org.bpfgate.command.internal.io.JsonText;
import org.bpfgate.command.internal.program.FoundProgram;
import org.bpfgate.command.internal.report.JsonProgram;
import org.bpfgate.command.internal.signature.Contract;

/** Prints what was signed, as text or as one JSON object. */
final class SignReport {
    private final Format format;
    private final boolean isAdded;
    private final Console console;

    SignReport(Format format, boolean isAdded, Console console) {
        this.format = format;
        this.isAdded = isAdded;
        this.console = console;
    }

    /** Prints the program as other verbs do, where its signature is, and how many maps the signature covers. */
    void program(FoundProgram program, Contract contract, Path signature, int maps) {
        if (format == Format.JSON) {
            JsonText.print(console.out(), json -> {
                JsonProgram.identity(program, json);
                json.writeStringField("contract", contract.toString());
                json.writeNumberField("maps", maps);
                json.writeStringField("signature", signature.toString());
                json.writeBooleanField("added", isAdded);
            });
        } else {
            console.out()
                    .println(signature + (isAdded ? ": further signature of " : ": signature of ") + program.label()
                            + " and " + Count.of(maps, "map"));
        }
    }

    /** Prints which text was signed, and where the message is that carries it. */
    void text(Path text, Path message) {
        if (format == Format.JSON) {
            JsonText.print(console.out(), json -> {
                json.writeStringField("path", text.toString());
                json.writeStringField("contract", Contract.MANIFEST.toString());
                json.writeStringField("signature", message.toString());
                json.writeBooleanField("added", isAdded);
            });
        } else {
            console.out().println(message + ": " + text + (isAdded ? ", signed by one more" : ", signed"));
        }
    }
}
