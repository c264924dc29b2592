package org.bpfgate.command.internal.operate;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.ExitCode;
import org.bpfgate.command.internal.context.FormatOption;
import org.bpfgate.command.internal.control.ControlClient;
import org.bpfgate.command.internal.control.GateException;
import org.bpfgate.command.internal.io.Printable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bpfgate settings}: the settings of the running gate, and changes of them. */
@Command(name = "settings", description = "Show the settings of the running gate, or change those of a PID in conf.d.")
public final class SettingsCommand implements Callable<Integer> {
    private final CommandContext context;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private FormatOption format = new FormatOption();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PID",
            description = "whose settings, such as org.bpfgate.ipe")
    private @Nullable String pid;

    @Parameters(
            index = "1..*",
            paramLabel = "KEY=VALUE",
            description = "what to change; an empty value takes the key out")
    private List<String> values = List.of();

    @Option(
            names = "--accept-smaller",
            description = "take lists of the PID also when they have lost more of their entries than most.lost says")
    private boolean acceptSmaller;

    SettingsCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws GateException, IOException {
        ControlClient gate = ControlClient.of(context);
        PrintWriter out = context.console().out();
        if (acceptSmaller && pid == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--accept-smaller needs the PID whose lists it is about, org.bpfgate.allowlist");
        }
        if (pid != null && (acceptSmaller || !values.isEmpty())) {
            Map<String, Object> changed = gate.ask(
                    "settings.set",
                    acceptSmaller
                            ? Map.of("pid", pid, "values", values, "acceptSmaller", true)
                            : Map.of("pid", pid, "values", values),
                    item -> {});
            out.println(
                    format.isJson()
                            ? JSON.std.asString(changed)
                            : "changed; generation " + changed.get("before") + " before, " + changed.get("after")
                                    + " after");
            return ExitCode.OK;
        }
        List<Map<String, Object>> settings = new ArrayList<>();
        gate.ask("settings", pid == null ? Map.of() : Map.of("pid", pid), settings::add);
        if (format.isJson()) {
            out.println(JSON.std.asString(Map.of("settings", settings)));
        } else {
            settings.forEach(setting -> out.println(text(setting)));
        }
        return ExitCode.OK;
    }

    private static String text(Map<String, Object> setting) {
        String value = String.valueOf(setting.get("value"));
        String otherwise = String.valueOf(setting.get("default"));
        return Printable.of(setting.get("pid") + " " + setting.get("key")
                + (value.isEmpty()
                        ? " is not set" + (otherwise.isEmpty() ? "" : ", which is " + otherwise)
                        : " = " + value));
    }
}
