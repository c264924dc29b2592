package org.bpfgate.command.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.bpfgate.command.read.internal.FoundProgram;
import org.bpfgate.command.read.internal.InputException;
import org.bpfgate.command.read.internal.ProgramFiles;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What {@code check} and {@code verify} share: read the programs, decide on each, print. */
abstract class DecideCommand implements Callable<Integer> {
    @ParentCommand
    BpfgateCommand bpfgate;

    @Spec
    CommandSpec spec;

    @Mixin
    GateOptions options = new GateOptions();

    @Option(names = "--format", description = "text or json", defaultValue = "text")
    Format format = Format.TEXT;

    @Parameters(
            arity = "1..*",
            paramLabel = "PROGRAM",
            description =
                    "raw instructions (.insns, .bin), ELF object (.o), light skeleton (.lskel.h), or a directory of them")
    List<Path> programs = List.of();

    /** Decides on every program that can be read and returns what there is to print. */
    final List<Decided> decideAll(Gate gate, Console console) {
        requireOneForSignature(programs.size());
        int keyring = options.keyring(gate);
        List<FoundProgram> found = read(console);
        requireOneForSignature(found.size());
        List<Decided> decisions = new ArrayList<>();
        for (FoundProgram program : found) {
            try {
                decisions.add(gate.decide(program, Signatures.of(program, options.signature), keyring));
            } catch (InputException e) {
                console.badInput(e);
            }
        }
        return decisions;
    }

    /** Counts what was given and then what was found in it: one of two may be unreadable, and one file may hold two. */
    private void requireOneForSignature(int count) {
        if (options.signature != null && count > 1) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--signature goes with one program, and here are " + count);
        }
    }

    private List<FoundProgram> read(Console console) {
        List<FoundProgram> found = new ArrayList<>();
        for (Path given : programs) {
            try {
                for (Path file : ProgramFiles.expand(given)) {
                    readInto(found, file, console);
                }
            } catch (InputException e) {
                console.badInput(e);
            }
        }
        return found;
    }

    private static void readInto(List<FoundProgram> found, Path file, Console console) {
        try {
            found.addAll(ProgramFiles.read(file));
        } catch (InputException e) {
            console.badInput(e);
        }
    }
}
