package org.bpfgate.command.internal.allowlist;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpfgate.allowlist.AllowlistCompiler;
import org.bpfgate.allowlist.ListException;
import org.bpfgate.allowlist.ListForm;
import org.bpfgate.allowlist.ListInputs;
import org.bpfgate.allowlist.ListedProgram;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.Count;
import org.bpfgate.command.internal.gate.SkeletonLoader;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.io.OutputFile;
import org.bpfgate.command.internal.io.Printable;
import org.bpfgate.command.internal.list.TextListAddition;
import org.bpfgate.command.internal.program.FoundProgram;
import org.bpfgate.command.internal.read.ListInputFiles;
import org.bpfgate.command.internal.read.ProgramCollector;
import org.bpfgate.command.internal.read.ProgramFiles;
import org.bpfgate.program.ProgramDigest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfgate allowlist build}: a compiled list from programs and lists. */
@Command(name = "build", description = "Write a compiled list of programs and of what other lists name.")
final class AllowlistBuildCommand extends AllowlistWriteCommand {
    @Option(
            names = "-o",
            required = true,
            paramLabel = "OUT",
            description = "the compiled list; what a text list or a signed one of that name held is kept as OUT.old")
    private Path output;

    @Option(
            names = "--append",
            description =
                    "keep what OUT names, and add what is not there; a text list stays one and gets lines for the programs")
    private boolean append;

    /** Where each program comes from, in their order. */
    private final List<String> sources = new ArrayList<>();

    @Parameters(
            arity = "1..*",
            paramLabel = "INPUT",
            description =
                    "program file (.o, .insns, .bin, .lskel.h), a list of any form, or a directory of programs and of lists"
                            + " (allowlist, *.allowlist)")
    private List<Path> inputs = List.of();

    AllowlistBuildCommand(CommandContext context) {
        super(context);
    }

    @Override
    Path output() {
        return output;
    }

    /** A program whose digest is not known before its load is told and left out. */
    @Override
    ListInputs inputs() throws InputException {
        if (append && OutputFile.isStandardOutput(output)) {
            throw usage("--append: needs a file to add to, and " + output + " is standard output");
        }
        List<Path> lists = new ArrayList<>();
        List<ListedProgram> programs = new ArrayList<>();
        if (append && Files.exists(output)) {
            lists.add(output);
        }
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

    @Override
    boolean appendToText(AllowlistCompiler compiler, ListInputs inputs) throws ListException, InputException {
        if (!append || !Files.exists(output) || compiler.form(output) == ListForm.COMPILED) {
            return false;
        }
        if (compiler.form(output) == ListForm.MANIFEST) {
            throw new InputException(output, "is signed: add to the text that was signed, and sign it again");
        }
        if (inputs.lists().size() > 1) {
            throw usage("--append: " + output + " is a text list, which takes programs; put lists together with"
                    + " \"bpfgate allowlist merge\"");
        }
        // What can be read as a list its module knows; that it is empty as yet is nothing to warn of.
        compiler.find(output, Set.of(), warning -> {});
        TextListAddition addition = new TextListAddition(output);
        for (int i = 0; i < sources.size(); i++) {
            addition.add(inputs.programs().get(i), Printable.of(sources.get(i)));
        }
        addition.write();
        compiler.find(output, Set.of(), console()::warning);
        console()
                .out()
                .println(
                        isJson()
                                ? json(addition.digests())
                                : output + ": " + Count.of(addition.digests(), "digest") + ", added "
                                        + addition.added());
        return true;
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
        if (SkeletonLoader.is(found.program())) {
            console().warning(found.label() + ": " + SkeletonLoader.WARNING);
        }
        found.unknownSection()
                .ifPresent(unknown -> console()
                        .warning(found.label() + ": " + unknown
                                + ", so its type is not known and it is let in as every type of program"));
    }

    private void add(FoundProgram found, ProgramDigest digest, List<ListedProgram> programs) {
        sources.add(found.label());
        programs.add(new ListedProgram(
                digest,
                found.program().name(),
                found.program().type(),
                found.section().listed().orElse(null)));
    }
}
