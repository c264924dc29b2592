package org.bpfgate.command.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bpfgate.command.read.internal.FoundProgram;
import org.bpfgate.command.read.internal.InputException;
import org.bpfgate.command.read.internal.ProgramFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code bpfgate test}: are the decisions on these programs as their authors expect? */
@Command(name = "test", description = "Decide on the programs of a policy test and compare with its expected file.")
final class TestCommand implements Callable<Integer> {
    @ParentCommand
    private BpfgateCommand bpfgate;

    @Option(names = "--format", description = "text or json", defaultValue = "text")
    private Format format = Format.TEXT;

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

    @Override
    public Integer call() {
        Gate gate = new Gate(bpfgate.context(), "hornet", "native", "allowlist");
        Console console = bpfgate.console();
        List<Compared> all = new ArrayList<>();
        for (Path directory : directories) {
            try {
                all.addAll(decide(directory, gate, console));
            } catch (InputException e) {
                console.badInput(e);
            }
        }
        Report.of(format).comparison(gate.stack(), all, console.out());
        boolean allAsExpected = all.stream().allMatch(Compared::asExpected);
        return console.exitCode(allAsExpected ? ExitCode.OK : ExitCode.DENIED);
    }

    private List<Compared> decide(Path directory, Gate gate, Console console) throws InputException {
        Map<String, List<Expectation>> expected = ExpectedFile.read(directory.resolve("expected"));
        gate.trust(ifPresent(directory.resolve("trust")), mode);
        gate.trustLists(ifPresent(directory.resolve("allowlist")), List.of(), false);
        gate.usePolicy(directory.resolve("policy.ipe"));
        int keyring = gate.defaultKeyring();
        List<Compared> compared = new ArrayList<>();
        ProgramFiles.Faults faults = new ProgramCollector(console, program -> {});
        for (Path file : ProgramFiles.expand(directory, faults)) {
            try {
                List<FoundProgram> programs = ProgramFiles.read(file, faults::unreadable);
                for (FoundProgram program : programs) {
                    String path = directory.relativize(file).toString();
                    for (Optional<Expectation> one : take(expected, path, program, programs.size() == 1)) {
                        Requester requester =
                                Requester.of(one.map(Expectation::requester).orElse(Map.of()), directory);
                        Optional<byte[]> signature = Signatures.of(program, null);
                        compared.add(new Compared(gate.decide(program.anew(), signature, keyring, requester), one));
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
        for (String missing : expected.keySet()) {
            console.badInput(new InputException(directory.resolve("expected"), "there is no program " + missing));
        }
        return compared;
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
