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
                addDirectory(input, programs, lists);
            } else if (isProgram(input.toString())) {
                ProgramFiles.readAll(input, new ProgramCollector(console(), found -> add(found, programs)));
            } else {
                lists.add(input);
            }
        }
        return new ListInputs(lists, programs, Set.of());
    }

    private static boolean isProgram(String name) {
        return name.endsWith(".o") || name.endsWith(".insns") || name.endsWith(".bin") || name.endsWith(".h");
    }

    private void addDirectory(Path directory, List<ListedProgram> programs, List<Path> lists) throws InputException {
        ProgramCollector reader = new ProgramCollector(console(), found -> add(found, programs));
        ListInputFiles files = ListInputFiles.in(directory, reader);
        boolean isAnyRead = ProgramFiles.readOfDirectory(files.programs(), reader);
        if (!isAnyRead && files.lists().isEmpty()) {
            throw new InputException(directory, "holds no program and no list: its files were all skipped");
        }
        lists.addAll(files.lists());
    }

    private void add(FoundProgram found, List<ListedProgram> programs) {
        Optional<ProgramDigest> digest = found.program().instructions().digest();
        if (digest.isEmpty()) {
            console()
                    .badInput(new InputException(found.label() + ": left out, its digest cannot be computed offline: "
                            + found.program().instructions().pendingReason()));
            return;
        }
        add(found, digest.get(), programs);
        if (found.byName().isPresent()) {
            ProgramDigest other = found.byName().get().digest().orElseThrow();
            add(found, other, programs);
            console()
                    .note(found.label() + ": loaders order its sub-programs in two ways, both are listed: "
                            + digest.get() + " for libbpf and aya, " + other + " for cilium/ebpf");
        }
        found.unknownSection()
                .ifPresent(unknown -> console()
                        .warning(found.label() + ": " + unknown
                                + ", so its type is not known and it is let in as every type of program"));
    }

    private static void add(FoundProgram found, ProgramDigest digest, List<ListedProgram> programs) {
        programs.add(new ListedProgram(
                digest,
                found.program().name(),
                found.program().type(),
                found.section().listed().orElse(null)));
    }
}
