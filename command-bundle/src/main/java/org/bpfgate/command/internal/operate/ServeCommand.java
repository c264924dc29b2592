package org.bpfgate.command.internal.operate;

import java.util.concurrent.Callable;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.ExitCode;
import org.bpfgate.control.ControlException;
import org.bpfgate.control.Daemon;
import picocli.CommandLine.Command;

/** {@code bpfgate serve}: the gate as a daemon, in the foreground. */
@Command(
        name = "serve",
        description = "Run the gate as a daemon, in the foreground, until SIGTERM; SIGHUP reads the settings again.")
public final class ServeCommand implements Callable<Integer> {
    private final CommandContext context;

    ServeCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            context.service(Daemon.class).run();
            return ExitCode.OK;
        } catch (ControlException e) {
            context.console().error(String.valueOf(e.getMessage()));
            return ExitCode.FAILED;
        }
    }
}
