package org.bpfgate.command.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpfgate.allowlist.ListInputs;
import org.bpfgate.allowlist.ListedProgram;
import org.bpfgate.command.read.internal.FoundProgram;
import org.bpfgate.command.read.internal.InputException;
import org.bpfgate.command.read.internal.ListInputFiles;
import org.bpfgate.command.read.internal.ProgramFiles;
import org.bpfgate.program.ProgramDigest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfgate allowlist build}: a compiled list from programs and lists. */
@Command(name = "build", description = "Write a compiled list of programs and of what other lists name.")
final class AllowlistBuildCommand extends WriteListCommand {
    @Option(names = "-o", required = true, paramLabel = "OUT", description = "the compiled list")
    private Path output;

    @Parameters(
            arity = "1..*",
            paramLabel = "INPUT",
            description =
                    "program file (.o, .insns, .bin, .lskel.h), a list of any form, or a directory of programs and of lists"
                            + " (allowlist, *.allowlist)")
    private List<Path> inputs = List.of();

    @Override
    Path output() {
        return output;
    }

    /** A program whose digest is not known before its load is told and left out. */
    @Override
    ListInputs inputs() throws InputException {
        List<Path> lists = new ArrayList<>();
        List<ListedProgram> programs = new ArrayList<>();
        for (Path input : inputs) {
            if (Files.isDirectory(input)) {
                ListInputFiles found = ListInputFiles.in(input);
                addPrograms(found.programs(), programs);
                lists.addAll(found.lists());
            } else if (isProgram(input.toString())) {
                addPrograms(List.of(input), programs);
            } else {
                lists.add(input);
            }
        }
        return new ListInputs(lists, programs, Set.of());
    }

    private static boolean isProgram(String name) {
        return name.endsWith(".o") || name.endsWith(".insns") || name.endsWith(".bin") || name.endsWith(".h");
    }

    private void addPrograms(List<Path> files, List<ListedProgram> programs) throws InputException {
        for (Path file : files) {
            for (FoundProgram found : ProgramFiles.read(file)) {
                add(found, programs);
            }
        }
    }

    private void add(FoundProgram found, List<ListedProgram> programs) {
        Optional<ProgramDigest> digest = found.program().instructions().digest();
        if (digest.isPresent()) {
            programs.add(new ListedProgram(
                    digest.get(),
                    found.program().name(),
                    found.program().type(),
                    found.section().listed().orElse(null)));
        } else {
            console()
                    .badInput(new InputException(found.label() + ": left out, its digest cannot be computed offline: "
                            + found.program().instructions().pendingReason()));
        }
    }
}
