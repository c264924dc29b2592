package org.bpfgate.command.internal.candidate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfgate.command.internal.context.CommandContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bpfgate candidate start}: starts one. */
@Command(
        name = "start",
        description =
                "Start a candidate that differs from the live stack in what the options name. It sees every load after the live stack has answered, and changes no answer.")
final class CandidateStartCommand extends CandidateChangeCommand {
    @Option(
            names = "--replace",
            paramLabel = "NAME=FILE.jar",
            description = "a signed bundle in the place of the one that a module is from; once for each")
    private Map<String, Path> replace = new LinkedHashMap<>();

    @Option(names = "--order", split = ",", paramLabel = "NAME", description = "modules that come first, in this order")
    private List<String> order = new ArrayList<>();

    @Option(names = "--policy", paramLabel = "FILE", description = "another policy for the module ipe")
    private @Nullable Path policy;

    @Option(
            names = "--lists",
            paramLabel = "FILE",
            arity = "1..*",
            description = "all lists that the module allowlist is to have, in place of the present ones")
    private List<Path> lists = new ArrayList<>();

    @Option(
            names = "--without",
            paramLabel = "NAME",
            description = "a module that is left out, with the others of its bundle; once for each")
    private List<String> without = new ArrayList<>();

    CandidateStartCommand(CommandContext context) {
        super(context, "candidate.start");
    }

    @Override
    Map<String, Object> arguments() {
        Map<String, Object> arguments = new HashMap<>();
        arguments.put(
                "replace",
                replace.entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue().toAbsolutePath())
                        .toList());
        arguments.put("order", order);
        if (policy != null) {
            arguments.put("policy", policy.toAbsolutePath().toString());
        }
        arguments.put(
                "lists",
                lists.stream().map(file -> file.toAbsolutePath().toString()).toList());
        arguments.put("without", without);
        return arguments;
    }

    @Override
    String told(Map<String, Object> result) {
        return "started the candidate: " + result.get("what");
    }
}
