package org.bpfgate.command.internal;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.bpfgate.command.read.internal.InputException;
import org.osgi.framework.BundleContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line: parses the arguments, runs the verb, and turns every outcome into an exit code. */
@Command(
        name = "bpfgate",
        description = "Decides which BPF programs may enter a Linux kernel.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        subcommands = {CheckCommand.class, VerifyCommand.class, TestCommand.class, SignCommand.class})
final class BpfgateCommand implements Runnable {
    private final BundleContext context;
    private final Console console;

    @Spec
    private CommandSpec spec;

    private BpfgateCommand(BundleContext context, Console console) {
        this.context = context;
        this.console = console;
    }

    /**
     * Runs one command line on the standard streams.
     *
     * @return the exit code
     */
    static int run(BundleContext context, String... arguments) {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, false, StandardCharsets.UTF_8);
        int code = run(context, out, err, arguments);
        out.flush();
        err.flush();
        return code;
    }

    static int run(BundleContext context, PrintWriter out, PrintWriter err, String... arguments) {
        Console console = new Console(out, err);
        CommandLine commandLine = new CommandLine(new BpfgateCommand(context, console))
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(BpfgateCommand::wrongUsage)
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, console));
        commandLine.getCommandSpec().version("bpfgate " + context.getBundle().getVersion());
        return commandLine.execute(arguments);
    }

    BundleContext context() {
        return context;
    }

    Console console() {
        return console;
    }

    /** Without a verb there is nothing to do but to say which there are. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private static int wrongUsage(ParameterException fault, String... arguments) {
        CommandLine command = fault.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("bpfgate: " + fault.getMessage());
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    private static int failed(Exception failure, Console console) {
        if (failure instanceof InputException fault) {
            console.badInput(fault);
            return ExitCode.BAD_INPUT;
        }
        console.error("internal error: " + failure);
        return ExitCode.FAILED;
    }
}
