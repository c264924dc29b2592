package org.bpfgate.command.internal.read;

import java.util.function.Consumer;
import org.bpfgate.command.internal.context.Console;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.program.FoundProgram;

/** Takes programs that are read, and tells on the console what cannot be. */
public final class ProgramCollector implements ProgramFiles.Reader {
    private final Console console;
    private final Consumer<FoundProgram> programs;

    public ProgramCollector(Console console, Consumer<FoundProgram> programs) {
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
