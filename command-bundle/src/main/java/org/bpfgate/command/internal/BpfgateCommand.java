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
        scope = ScopeType.INHERIT)
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
        CommandLine commandLine = new CommandLine(new BpfgateCommand(context, console));
        commandLine.getCommandSpec().version("bpfgate " + context.getBundle().getVersion());
        addVerbs(commandLine, arguments.length == 0 ? "" : arguments[0]);
        return commandLine
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(BpfgateCommand::wrongUsage)
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, console, command))
                .execute(arguments);
    }

    /** Each verb that is added costs milliseconds of reflection: so the one that is asked for, or all where it is none. */
    private static void addVerbs(CommandLine commandLine, String asked) {
        switch (asked) {
            case "check" -> commandLine.addSubcommand(new CheckCommand());
            case "verify" -> commandLine.addSubcommand(new VerifyCommand());
            case "test" -> commandLine.addSubcommand(new TestCommand());
            case "sign" -> commandLine.addSubcommand(new SignCommand());
            case "policy" -> commandLine.addSubcommand(new PolicyCommand());
            case "run" -> commandLine.addSubcommand(new RunCommand());
            case "allowlist" -> commandLine.addSubcommand(new AllowlistCommand());
            case "learn" -> commandLine.addSubcommand(new LearnCommand());
            default ->
                commandLine
                        .addSubcommand(new CheckCommand())
                        .addSubcommand(new VerifyCommand())
                        .addSubcommand(new TestCommand())
                        .addSubcommand(new SignCommand())
                        .addSubcommand(new PolicyCommand())
                        .addSubcommand(new RunCommand())
                        .addSubcommand(new LearnCommand())
                        .addSubcommand(new AllowlistCommand());
        }
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
        return command.getCommand() instanceof MediateCommand ? ExitCode.NOT_RUN : ExitCode.USAGE;
    }

    private static int failed(Exception failure, Console console, CommandLine command) {
        boolean mediates = command.getCommand() instanceof MediateCommand;
        if (failure instanceof InputException fault) {
            console.badInput(fault);
            return mediates ? ExitCode.NOT_RUN : ExitCode.BAD_INPUT;
        }
        console.error("internal error: " + failure);
        return mediates ? ExitCode.NOT_RUN : ExitCode.FAILED;
    }
}
