package org.bpfgate.command.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.bpfgate.allowlist.AllowlistCompiler;
import org.bpfgate.allowlist.ListException;
import org.bpfgate.allowlist.ListInputs;
import org.bpfgate.audit.JsonMembers;
import org.bpfgate.command.read.internal.InputException;
import picocli.CommandLine.Option;

/** What the verbs share that write a compiled list: the output, or with {@code --check} what writing it would change. */
abstract class WriteListCommand extends ListCommand {
    @Option(names = "--check", description = "write nothing; print what would change in the output")
    private boolean check;

    /** Returns what the list is made of. */
    abstract ListInputs inputs() throws InputException;

    /** Returns the file that is written. */
    abstract Path output();

    @Override
    final int run(AllowlistCompiler compiler) throws ListException, InputException {
        ListInputs inputs = inputs();
        if (check) {
            printChanges(compiler, inputs);
        } else {
            write(compiler, inputs);
        }
        return console().exitCode(ExitCode.OK);
    }

    private void write(AllowlistCompiler compiler, ListInputs inputs) throws ListException {
        ProgressBar progress = new ProgressBar();
        long digests;
        try {
            digests = compiler.compile(inputs, output(), progress, console()::warning);
        } finally {
            progress.finish();
        }
        console().out().println(isJson() ? json(digests) : output() + ": " + digests + " digests");
    }

    private String json(long digests) {
        return JsonMembers.object(json -> {
            json.text("list", output().toString());
            json.number("digests", digests);
        });
    }

    private void printChanges(AllowlistCompiler compiler, ListInputs inputs) throws ListException {
        ListInputs before =
                Files.exists(output()) ? ListInputs.of(output()) : new ListInputs(List.of(), List.of(), Set.of());
        ListDifference difference = ListDifference.on(console().out(), isJson());
        compiler.compare(before, inputs, difference, console()::warning);
        difference.summary(output().toString());
    }
}
