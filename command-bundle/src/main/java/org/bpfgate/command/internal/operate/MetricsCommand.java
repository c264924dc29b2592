package org.bpfgate.command.internal.operate;

import java.util.Map;
import java.util.concurrent.Callable;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.ExitCode;
import org.bpfgate.command.internal.control.ControlClient;
import org.bpfgate.command.internal.control.GateException;
import picocli.CommandLine.Command;

/** {@code bpfgate metrics}: what Prometheus reads. */
@Command(name = "metrics", description = "Print the metrics of the running gate in the text form of Prometheus.")
public final class MetricsCommand implements Callable<Integer> {
    private final CommandContext context;

    MetricsCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws GateException {
        Object text =
                ControlClient.of(context).ask("metrics", Map.of(), item -> {}).get("text");
        context.console().out().print(text);
        return ExitCode.OK;
    }
}
