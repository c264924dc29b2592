package org.bpfgate.command.internal.candidate;

import java.util.Map;
import org.bpfgate.command.internal.context.CommandContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bpfgate candidate promote}: makes it the live stack. */
@Command(
        name = "promote",
        description =
                "Make the candidate the live stack, in one generation, and keep its settings. Refused while it would newly allow something, and while it was compared with too few loads to tell.")
final class CandidatePromoteCommand extends CandidateChangeCommand {
    @Option(
            names = "--accept-newly-allowed",
            description = "promote it also when it allows loads that the live stack denied")
    private boolean acceptNewlyAllowed;

    @Option(
            names = "--accept-untried",
            description = "promote it also when no load was compared, or more were skipped or failed than compared")
    private boolean acceptUntried;

    @Option(
            names = "--accept-smaller",
            description = "promote it also when its lists have lost more of their entries than most.lost says")
    private boolean acceptSmaller;

    CandidatePromoteCommand(CommandContext context) {
        super(context, "candidate.promote");
    }

    @Override
    Map<String, Object> arguments() {
        return Map.of(
                "acceptNewlyAllowed", acceptNewlyAllowed,
                "acceptUntried", acceptUntried,
                "acceptSmaller", acceptSmaller);
    }

    @Override
    String told(Map<String, Object> result) {
        return "promoted: " + result.get("what") + "; generation " + result.get("before") + " before, "
                + result.get("after") + " after; " + result.get("compared") + " loads compared, "
                + result.get("deniedByBoth") + " of them denied by both";
    }
}
