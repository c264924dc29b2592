package org.bpfgate.command.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfgate.command.read.internal.FoundProgram;
import org.bpfgate.command.read.internal.InputException;
import org.bpfgate.command.read.internal.ProgramFiles;

/** Reads the programs that a verb is given and has the stack decide on each; what cannot be read is told and left out. */
final class ProgramDecisions {
    private final Gate gate;
    private final GateOptions options;
    private final Console console;
    private final Requester requester;

    ProgramDecisions(Gate gate, GateOptions options, Console console, Requester requester) {
        this.requester = requester;
        this.gate = gate;
        this.options = options;
        this.console = console;
    }

    /** Decides on every program that can be read. */
    List<Decided> on(List<Path> programs) {
        options.requireOneForSignature(programs.size());
        int keyring = options.keyring(gate);
        List<FoundProgram> found = read(programs);
        options.requireOneForSignature(found.size());
        List<Decided> decisions = new ArrayList<>();
        for (FoundProgram program : found) {
            try {
                decisions.add(gate.decide(program, Signatures.of(program, options.signature), keyring, requester));
            } catch (InputException e) {
                console.badInput(e);
            }
        }
        return decisions;
    }

    private List<FoundProgram> read(List<Path> programs) {
        List<FoundProgram> found = new ArrayList<>();
        for (Path given : programs) {
            try {
                ProgramFiles.readAll(given, new ProgramCollector(console, found::add));
            } catch (InputException e) {
                console.badInput(e);
            }
        }
        return found;
    }
}
