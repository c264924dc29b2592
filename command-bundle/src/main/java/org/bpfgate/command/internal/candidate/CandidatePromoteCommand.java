package org.bpfgate.command.internal.candidate;

import java.util.Map;
import org.bpfgate.command.internal.context.CommandContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bpfgate candidate promote}: makes it the live stack. */
@Command(
        name = "promote",
        description =
                "Make the candidate the live stack, in one generation, and keep its settings. Refused while it would newly allow something.")
final class CandidatePromoteCommand extends CandidateChangeCommand {
    @Option(
            names = "--accept-newly-allowed",
            description = "promote it also when it allows loads that the live stack denied")
    private boolean acceptNewlyAllowed;

    CandidatePromoteCommand(CommandContext context) {
        super(context, "candidate.promote");
    }

    @Override
    Map<String, Object> arguments() {
        return Map.of("acceptNewlyAllowed", acceptNewlyAllowed);
    }

    @Override
    String told(Map<String, Object> result) {
        return "promoted: " + result.get("what") + "; generation " + result.get("before") + " before, "
                + result.get("after") + " after";
    }
}
