package org.bpfgate.command.internal.check;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.Console;
import org.bpfgate.command.internal.context.FormatOption;
import org.bpfgate.command.internal.gate.Gate;
import org.bpfgate.command.internal.gate.GateOptions;
import org.bpfgate.command.internal.gate.ProgramDecision;
import org.bpfgate.command.internal.gate.ProgramDecisions;
import org.bpfgate.command.internal.gate.Requester;
import org.bpfgate.command.internal.report.ReportOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What {@code check} and {@code verify} share: read the programs, decide on each, print. */
abstract class DecideCommand implements Callable<Integer> {
    final CommandContext context;

    @Mixin
    GateOptions options = new GateOptions();

    @Mixin
    ReportOptions shown = new ReportOptions();

    @Mixin
    FormatOption format = new FormatOption();

    @Parameters(
            arity = "1..*",
            paramLabel = "PROGRAM",
            description =
                    "raw instructions (.insns, .bin), ELF object (.o), light skeleton (.lskel.h), or a directory of them")
    List<Path> programs = List.of();

    DecideCommand(CommandContext context) {
        this.context = context;
    }

    /** Decides on every program that can be read, as somebody asks for it, and returns what there is to print. */
    final List<ProgramDecision> decideAll(Gate gate, Console console, Requester requester) {
        return new ProgramDecisions(gate, options, console, requester).on(programs);
    }
}
