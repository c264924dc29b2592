package org.bpfgate.command.internal;

import java.util.List;
import org.bpfgate.command.internal.allowlist.AllowlistCommand;
import org.bpfgate.command.internal.candidate.CandidateCommand;
import org.bpfgate.command.internal.check.CheckCommand;
import org.bpfgate.command.internal.check.TestCommand;
import org.bpfgate.command.internal.check.VerifyCommand;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.Console;
import org.bpfgate.command.internal.context.ExitCode;
import org.bpfgate.command.internal.context.UsageFault;
import org.bpfgate.command.internal.control.GateException;
import org.bpfgate.command.internal.doctor.DoctorCommand;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.io.OutputException;
import org.bpfgate.command.internal.lsm.LsmCommand;
import org.bpfgate.command.internal.operate.DecisionsCommand;
import org.bpfgate.command.internal.operate.MetricsCommand;
import org.bpfgate.command.internal.operate.ServeCommand;
import org.bpfgate.command.internal.operate.SettingsCommand;
import org.bpfgate.command.internal.operate.StatusCommand;
import org.bpfgate.command.internal.policy.PolicyCommand;
import org.bpfgate.command.internal.report.JsonReport;
import org.bpfgate.command.internal.run.ExecCommand;
import org.bpfgate.command.internal.run.LearnCommand;
import org.bpfgate.command.internal.run.RunCommand;
import org.bpfgate.command.internal.run.StartsCommand;
import org.bpfgate.command.internal.shell.ShellCommand;
import org.bpfgate.command.internal.sign.SignCommand;
import org.jspecify.annotations.Nullable;
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
    /** In the order in which help shows them. */
    private static final List<String> VERBS = List.of(
            "check",
            "verify",
            "test",
            "sign",
            "policy",
            "run",
            "exec",
            "learn",
            "doctor",
            "allowlist",
            "serve",
            "status",
            "lsm",
            "candidate",
            "decisions",
            "metrics",
            "settings",
            "shell");

    @Spec
    private CommandSpec spec;

    private BpfgateCommand() {}

    /**
     * Runs one command line on the standard streams.
     *
     * @return the exit code
     */
    static int run(BundleContext context, String... arguments) {
        try (Console console = Console.ofThisProcess()) {
            return run(context, VERBS, console, arguments);
        }
    }

    private static int run(BundleContext context, List<String> verbs, Console console, String... arguments) {
        CommandLine commandLine = commandLine(CommandContext.of(
                context,
                console,
                (others, words, another) -> run(context, others, another, words.toArray(String[]::new))));
        // Verbs inherit the version when they are added.
        commandLine
                .getCommandSpec()
                .version("bpfgate " + context.getBundle().getHeaders().get("Bpfgate-Version"));
        addVerbs(commandLine, verbs, arguments.length == 0 ? "" : arguments[0]);
        int code = execute(commandLine, console, arguments);
        if (isJson(commandLine) && !console.unreadable().isEmpty() && console.isSilent()) {
            JsonReport.unreadable(console);
        }
        return console.finish(code, hasMediated(commandLine));
    }

    /** Returns the command line with every verb, to be described and not to be run. */
    static CommandLine description() {
        CommandLine commandLine = commandLine(CommandContext.NONE);
        addVerbs(commandLine, VERBS, "");
        return commandLine;
    }

    private static CommandLine commandLine(CommandContext context) {
        return new CommandLine(new BpfgateCommand(), new VerbFactory(context));
    }

    private static int execute(CommandLine commandLine, Console console, String... arguments) {
        return commandLine
                .setOut(console.out())
                .setErr(console.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(new InputExecution(console))
                .setParameterExceptionHandler((fault, words) -> wrongUsage(fault))
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, console, command))
                .execute(arguments);
    }

    /** Each verb that is added costs milliseconds of reflection: so the one that is asked for, or all where it is none. */
    private static void addVerbs(CommandLine commandLine, List<String> verbs, String asked) {
        for (String verb : verbs.contains(asked) ? List.of(asked) : verbs) {
            commandLine.addSubcommand(verb(verb));
        }
    }

    private static Class<?> verb(String name) {
        return switch (name) {
            case "check" -> CheckCommand.class;
            case "verify" -> VerifyCommand.class;
            case "test" -> TestCommand.class;
            case "sign" -> SignCommand.class;
            case "policy" -> PolicyCommand.class;
            case "run" -> RunCommand.class;
            case "exec" -> ExecCommand.class;
            case "learn" -> LearnCommand.class;
            case "doctor" -> DoctorCommand.class;
            case "allowlist" -> AllowlistCommand.class;
            case "serve" -> ServeCommand.class;
            case "lsm" -> LsmCommand.class;
            case "candidate" -> CandidateCommand.class;
            case "status" -> StatusCommand.class;
            case "decisions" -> DecisionsCommand.class;
            case "settings" -> SettingsCommand.class;
            case "metrics" -> MetricsCommand.class;
            case "shell" -> ShellCommand.class;
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Returns how the verb was parsed; null when the command line was wrong. */
    private static CommandLine.@Nullable ParseResult parsedVerb(CommandLine commandLine) {
        CommandLine.ParseResult parsed = commandLine.getParseResult();
        while (parsed != null && parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        return parsed;
    }

    private static boolean isJson(CommandLine commandLine) {
        CommandLine.ParseResult parsed = parsedVerb(commandLine);
        return parsed != null
                && parsed.hasMatchedOption("--format")
                && "json".equals(String.valueOf((Object) parsed.matchedOptionValue("--format", "")));
    }

    /** Returns whether another command was run, or was to be. */
    private static boolean hasMediated(CommandLine commandLine) {
        CommandLine.ParseResult parsed = parsedVerb(commandLine);
        return parsed != null
                && parsed.commandSpec().userObject() instanceof StartsCommand
                && !parsed.isUsageHelpRequested()
                && !parsed.isVersionHelpRequested();
    }

    /** Without a verb there is nothing to do but to say which there are. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private static int wrongUsage(ParameterException fault) {
        CommandLine command = fault.getCommandLine();
        command.getErr().println("bpfgate: " + UsageFault.message(fault));
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return command.getCommand() instanceof StartsCommand ? ExitCode.NOT_RUN : ExitCode.USAGE;
    }

    private static int failed(Exception failure, Console console, CommandLine command) {
        boolean mediates = command.getCommand() instanceof StartsCommand;
        if (failure instanceof OutputException) {
            return mediates ? ExitCode.NOT_RUN : ExitCode.FAILED;
        }
        if (failure instanceof InputException fault) {
            console.badInput(fault);
            return mediates ? ExitCode.NOT_RUN : ExitCode.BAD_INPUT;
        }
        if (failure instanceof GateException fault) {
            console.error(String.valueOf(fault.getMessage()));
            return fault.exitCode();
        }
        console.error("internal error: " + failure);
        return mediates ? ExitCode.NOT_RUN : ExitCode.FAILED;
    }
}
