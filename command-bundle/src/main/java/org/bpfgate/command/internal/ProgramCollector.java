package org.bpfgate.command.internal;

import java.util.function.Consumer;
import org.bpfgate.command.read.internal.FoundProgram;
import org.bpfgate.command.read.internal.InputException;
import org.bpfgate.command.read.internal.ProgramFiles;

/** Takes programs that are read, and tells on the console what cannot be. */
final class ProgramCollector implements ProgramFiles.Reader {
    private final Console console;
    private final Consumer<FoundProgram> programs;

    ProgramCollector(Console console, Consumer<FoundProgram> programs) {
        this.console = console;
        this.programs = programs;
    }

    @Override
    public void found(FoundProgram program) {
        programs.accept(program);
    }

    @Override
    public void unreadable(InputException fault) {
        console.badInput(fault);
    }

    @Override
    public void passedOver(InputException fault) {
        console.note(fault.getMessage() + "; skipped");
    }
}
