package org.bpfgate.shell.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.Process;
import org.bpfgate.control.CommandShell.Words;
import org.jspecify.annotations.Nullable;

/**
 * One verb as a command of Gogo. Its exit code is that of the pipe, so that {@code &&} and {@code ||} do what they do in other shells.
 *
 * @param last takes the exit code of each run
 */
record Verb(List<String> beginning, Words words, IntConsumer last) implements Function {
    @Override
    public @Nullable Object execute(CommandSession session, List<Object> arguments) {
        List<String> line = new ArrayList<>(beginning);
        arguments.forEach(argument -> line.add(String.valueOf(argument)));
        Process process = Process.Utils.current();
        int code = words.run(line, process.out(), process.err());
        process.out().flush();
        process.err().flush();
        last.accept(code);
        process.error(code);
        // Gogo prints what a command returns, and null is nothing.
        return null;
    }
}
