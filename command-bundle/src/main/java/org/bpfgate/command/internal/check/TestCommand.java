package org.bpfgate.command.internal.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.Console;
import org.bpfgate.command.internal.context.ExitCode;
import org.bpfgate.command.internal.gate.Gate;
import org.bpfgate.command.internal.gate.Mode;
import org.bpfgate.command.internal.gate.ProbeNames;
import org.bpfgate.command.internal.gate.ProgramDecision;
import org.bpfgate.command.internal.gate.Requester;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.program.FoundProgram;
import org.bpfgate.command.internal.read.ProgramCollector;
import org.bpfgate.command.internal.read.ProgramFiles;
import org.bpfgate.command.internal.report.ColorOptions;
import org.bpfgate.command.internal.report.Comparison;
import org.bpfgate.command.internal.report.Expectation;
import org.bpfgate.command.internal.signature.Signatures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfgate test}: are the decisions on these programs as their authors expect? */
@Command(name = "test", description = "Decide on the programs of a policy test and compare with its expected file.")
public final class TestCommand implements Callable<Integer> {
    private static final List<String> VERIFIERS = List.of("hornet", "native", "allowlist");

    private final CommandContext context;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text (the default), json, or junit: XML that build servers read",
            defaultValue = "text")
    private TestFormat format = TestFormat.TEXT;

    @Mixin
    private ColorOptions colors = new ColorOptions();

    @Option(
            names = {"-q", "--quiet"},
            description = "show only decisions that are not as expected")
    private boolean quiet;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "compat-n",
            description = "how hornet judges signatures: compat-n, compat-v7 or strict (default: compat-n)")
    private Mode mode = Mode.COMPAT_N;

    @Parameters(
            arity = "1..*",
            paramLabel = "DIR",
            description = "directory with programs, policy.ipe, expected, and optionally trust/ and allowlist")
    private List<Path> directories = List.of();

    TestCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Gate gate = new Gate(context, VERIFIERS.toArray(String[]::new));
        Console console = context.console();
        Comparison comparison = new Comparison(quiet);
        for (Path directory : directories) {
            try {
                decide(directory, gate, console, comparison);
            } catch (InputException e) {
                console.badInput(e);
            }
        }
        format.report(colors.style()).comparison(gate.stack(), comparison, console);
        return console.exitCode(comparison.isAsExpected() ? ExitCode.OK : ExitCode.DENIED);
    }

    private void decide(Path directory, Gate gate, Console console, Comparison comparison) throws InputException {
        ProbeNames probes = ProbeNames.shipped(context.home());
        Map<String, List<Expectation>> expected = ExpectedFile.read(directory.resolve("expected"), VERIFIERS, probes);
        gate.trust(ifPresent(directory.resolve("trust")), mode, console);
        gate.trustLists(ifPresent(directory.resolve("allowlist")), List.of(), false);
        gate.usePolicy(directory.resolve("policy.ipe"));
        int keyring = gate.defaultKeyring();
        ProgramFiles.Faults faults = new ProgramCollector(console, program -> {});
        for (Path file : ProgramFiles.expand(directory, faults)) {
            try {
                List<FoundProgram> programs = ProgramFiles.read(file, faults::unreadable);
                for (FoundProgram program : programs) {
                    String path = directory.relativize(file).toString();
                    for (Optional<Expectation> one : take(expected, path, program, programs.size() == 1)) {
                        Requester requester =
                                Requester.of(one.map(Expectation::requester).orElse(Map.of()), directory, probes);
                        Optional<byte[]> signature = Signatures.of(program, null);
                        ProgramDecision decided = gate.decide(program.anew(), signature, keyring, requester);
                        comparison.add(new Comparison.Result(directory, decided, one));
                    }
                }
            } catch (InputException e) {
                if (e.isOfOtherFile()) {
                    faults.passedOver(e);
                } else {
                    faults.unreadable(e);
                }
            }
        }
        for (Map.Entry<String, List<Expectation>> missing : expected.entrySet()) {
            for (Expectation expectation : missing.getValue()) {
                comparison.addMissing(new Comparison.Missing(directory, expectation));
                console.badInput(new InputException(
                        directory.resolve("expected"), "there is no program " + expectation.program()));
            }
        }
    }

    /** Takes out what is expected of a program, by PATH#PROGRAM or, for the only one in its file, by PATH. */
    private static List<Optional<Expectation>> take(
            Map<String, List<Expectation>> expected, String path, FoundProgram program, boolean alone) {
        List<Expectation> found =
                program.part().map(part -> expected.remove(path + "#" + part)).orElse(null);
        List<Expectation> taken = found == null && alone ? expected.remove(path) : found;
        return taken == null
                ? List.of(Optional.empty())
                : taken.stream().map(Optional::of).toList();
    }

    private static List<Path> ifPresent(Path path) {
        return Files.exists(path) ? List.of(path) : List.of();
    }
}
