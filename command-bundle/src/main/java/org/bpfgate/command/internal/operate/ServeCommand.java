package org.bpfgate.command.internal.operate;

import java.util.Map;
import java.util.concurrent.Callable;
import org.bpfgate.command.internal.check.CheckVerb;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.ExitCode;
import org.bpfgate.control.ControlException;
import org.bpfgate.control.ControlVerb;
import org.bpfgate.control.Daemon;
import org.osgi.framework.FrameworkUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bpfgate serve}: the gate as a daemon, in the foreground. */
@Command(
        name = "serve",
        description = "Run the gate as a daemon, in the foreground, until SIGTERM; SIGHUP reads the settings again.")
public final class ServeCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(
            names = "--take-over",
            description =
                    "Take the place of the gate that runs: it hands its listeners over when this one is ready, and ends.")
    private boolean takesOver;

    ServeCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        context.bundles()
                .registerService(
                        ControlVerb.class,
                        new CheckVerb(context),
                        FrameworkUtil.asDictionary(Map.of(ControlVerb.NAME, CheckVerb.NAME)));
        try {
            context.service(Daemon.class).run(takesOver);
            return ExitCode.OK;
        } catch (ControlException e) {
            context.console().error(String.valueOf(e.getMessage()));
            return ExitCode.FAILED;
        }
    }
}
