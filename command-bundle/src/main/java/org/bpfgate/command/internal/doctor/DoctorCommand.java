package org.bpfgate.command.internal.doctor;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.ExitCode;
import org.bpfgate.command.internal.context.FormatOption;
import org.bpfgate.command.internal.host.Finding;
import org.bpfgate.command.internal.host.Host;
import org.bpfgate.command.internal.host.HostFiles;
import org.bpfgate.command.internal.host.HostState;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.io.OutputFile;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.mediation.KernelTrial;
import org.bpfgate.mediation.MediatedCommand;
import org.bpfgate.mediation.MediationException;
import org.bpfgate.mediation.Mediator;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.ServiceRegistration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfgate doctor}: why does bpf(2) fail, on this host or for a command? It decides on nothing. */
@Command(
        name = "doctor",
        description =
                "Tell why bpf(2) fails: the state of this host or, with a command, the cause of each call that fails.")
public final class DoctorCommand implements Callable<Integer> {
    private static final HostFiles HOST = new HostFiles(Path.of("/"));

    private final CommandContext context;

    @Mixin
    private FormatOption format = new FormatOption();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "where to write the report (default: standard output; with a command standard error)")
    private @Nullable Path output;

    @Parameters(
            arity = "0..*",
            paramLabel = "CMD",
            description =
                    "a command and its arguments, to explain its calls of bpf(2) that fail; put -- before it when it has options")
    private List<String> words = List.of();

    DoctorCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InputException, InterruptedException {
        return words.isEmpty() ? host() : command();
    }

    private int host() throws InputException {
        KernelTrial trial = context.service(KernelTrial.class);
        List<Finding> findings = Host.findings(HOST, trial.load(), trial.listen());
        String report = text(out -> {
            if (format.isJson()) {
                DoctorJson.host(findings, out);
            } else {
                DoctorText.host(findings, out);
            }
        });
        if (output == null) {
            context.console().out().print(report);
        } else {
            write(output, report);
        }
        return findings.stream().anyMatch(finding -> finding.state() == Finding.State.PROBLEM)
                ? ExitCode.DENIED
                : ExitCode.OK;
    }

    private int command() throws InputException, InterruptedException {
        FailedCalls calls = new FailedCalls(HostState.of(HOST));
        int code;
        try {
            code = observe(calls);
        } catch (MediationException e) {
            context.console().error(String.valueOf(e.getMessage()));
            return ExitCode.of(e);
        }
        String report = text(out -> {
            if (format.isJson()) {
                DoctorJson.command(code, calls, out);
            } else {
                DoctorText.command(code, calls, out);
            }
        });
        if (output == null) {
            context.console().lines(report);
        } else {
            write(output, report);
        }
        return code == 0 ? ExitCode.OK : ExitCode.DENIED;
    }

    /** Nothing in the stack denies, so that every load that can be read is made from the copy, and the kernel's answer is seen. */
    private int observe(FailedCalls calls) throws MediationException, InterruptedException {
        ServiceRegistration<SecurityModule> observing =
                context.bundles().registerService(SecurityModule.class, new ObservingModule(), null);
        try {
            return context.service(Mediator.class).run(new MediatedCommand(words, false), calls);
        } finally {
            observing.unregister();
        }
    }

    /** Prints a report. */
    @FunctionalInterface
    private interface Printed {
        void to(PrintWriter out);
    }

    private static String text(Printed report) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        report.to(out);
        out.flush();
        return text.toString();
    }

    private void write(Path file, String text) throws InputException {
        if (OutputFile.isStandardOutput(file)) {
            context.console().out().print(text);
        } else {
            OutputFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
