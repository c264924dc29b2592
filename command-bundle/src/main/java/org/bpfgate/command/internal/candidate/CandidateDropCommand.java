package org.bpfgate.command.internal.candidate;

import java.util.Map;
import org.bpfgate.command.internal.context.CommandContext;
import picocli.CommandLine.Command;

/** {@code bpfgate candidate drop}: ends it. */
@Command(name = "drop", description = "End the candidate. The live stack stays as it is.")
final class CandidateDropCommand extends CandidateChangeCommand {
    CandidateDropCommand(CommandContext context) {
        super(context, "candidate.drop");
    }

    @Override
    Map<String, Object> arguments() {
        return Map.of();
    }

    @Override
    String told(Map<String, Object> result) {
        return "dropped the candidate";
    }
}
