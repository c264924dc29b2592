package org.bpfgate.command.internal.allowlist;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.bpfgate.allowlist.AllowlistCompiler;
import org.bpfgate.allowlist.ListException;
import org.bpfgate.allowlist.ListInputs;
import org.bpfgate.audit.JsonMembers;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.Count;
import org.bpfgate.command.internal.context.ExitCode;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.io.JsonText;
import org.bpfgate.command.internal.io.OutputFile;
import org.bpfgate.command.internal.list.EarlierList;
import picocli.CommandLine.Option;

/** What the verbs share that write a compiled list: the output, or with {@code --check} what writing it would change. */
abstract class AllowlistWriteCommand extends AllowlistToolCommand {
    @Option(names = "--check", description = "write nothing; print what would change in the output")
    private boolean check;

    AllowlistWriteCommand(CommandContext context) {
        super(context);
    }

    /** Returns what the list is made of. */
    abstract ListInputs inputs() throws InputException;

    /** Returns the file that is written. */
    abstract Path output();

    @Override
    final int run(AllowlistCompiler compiler) throws ListException, InputException {
        ListInputs inputs = inputs();
        if (check) {
            printChanges(compiler, inputs);
        } else if (!appendToText(compiler, inputs)) {
            write(compiler, inputs);
        }
        return console().exitCode(ExitCode.OK);
    }

    /**
     * Adds the programs to an output that is a text list and is to stay one.
     *
     * @return false when a compiled list is to be written
     */
    boolean appendToText(AllowlistCompiler compiler, ListInputs inputs) throws ListException, InputException {
        return false;
    }

    private void write(AllowlistCompiler compiler, ListInputs inputs) throws ListException, InputException {
        boolean toConsole = OutputFile.isStandardOutput(output());
        if (toConsole && isJson()) {
            throw usage("--format json: standard output is taken by the list; give -o FILE");
        }
        boolean isStream = toConsole || OutputFile.isSpecial(output());
        long digests = isStream ? writeStream(compiler, inputs) : replace(compiler, inputs, followed());
        if (!toConsole) {
            console().out().println(isJson() ? json(digests) : output() + ": " + Count.of(digests, "digest"));
        }
    }

    private Path followed() throws InputException {
        try {
            return OutputFile.followed(output());
        } catch (IOException e) {
            throw OutputFile.fault(output(), e);
        }
    }

    private long replace(AllowlistCompiler compiler, ListInputs inputs, Path list)
            throws ListException, InputException {
        try (EarlierList earlier = EarlierList.of(list, compiler)) {
            long digests = compile(compiler, inputs, list);
            earlier.keep(console());
            return digests;
        }
    }

    private long compile(AllowlistCompiler compiler, ListInputs inputs, Path list) throws ListException {
        ProgressBar progress = new ProgressBar();
        try {
            return compiler.compile(inputs, list, progress, console()::warning);
        } finally {
            progress.finish();
        }
    }

    /** A compiled list is made in a file, as it is written out of order, and copied. */
    private long writeStream(AllowlistCompiler compiler, ListInputs inputs) throws ListException, InputException {
        try {
            Path directory = Files.createTempDirectory("bpfgate-list-");
            Path draft = directory.resolve("list");
            try {
                long digests = compile(compiler, inputs, draft);
                copy(draft);
                return digests;
            } finally {
                Files.deleteIfExists(draft);
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw OutputFile.fault(output(), e);
        }
    }

    private void copy(Path draft) throws IOException {
        boolean toConsole = OutputFile.isStandardOutput(output());
        try (InputStream in = Files.newInputStream(draft);
                OutputStream out = toConsole ? console().bytes() : Files.newOutputStream(output())) {
            in.transferTo(out);
        }
    }

    /** Returns what is printed about a list that was written. */
    final String json(long digests) {
        return JsonMembers.object(json -> {
            json.number(JsonText.SCHEMA_VERSION_NAME, JsonText.SCHEMA_VERSION);
            json.text("list", output().toString());
            json.number("digests", digests);
        });
    }

    private void printChanges(AllowlistCompiler compiler, ListInputs inputs) throws ListException {
        ListInputs before =
                Files.exists(output()) ? ListInputs.of(output()) : new ListInputs(List.of(), List.of(), Set.of());
        AllowlistDifference difference = AllowlistDifference.on(console().out(), isJson());
        compiler.compare(before, inputs, difference, console()::warning);
        difference.summary(output().toString());
    }
}
