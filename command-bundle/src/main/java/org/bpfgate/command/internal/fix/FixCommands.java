package org.bpfgate.command.internal.fix;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bpfgate.command.internal.gate.GateOptions;
import org.bpfgate.command.internal.gate.ProgramDecision;
import org.bpfgate.policy.PolicyExplanation;
import org.bpfgate.policy.PolicyExplanation.Condition;
import org.bpfgate.policy.PolicyExplanation.RuleTrial;
import org.jspecify.annotations.Nullable;

/**
 * The commands that make the nearest rule allow a program. What only the user knows stands as variables of the shell:
 * {@code KEY} and {@code CERT} of a signer, {@code LIST_TEXT}, the text of a signed list, and {@code ALLOWLIST} where no list is in use.
 */
public final class FixCommands {
    private static final String KEYRING = "bpf_keyring=";

    private final GateOptions options;
    private final SigningFix signing;
    private final ListingFix listing;

    public FixCommands(GateOptions options, List<ProgramDecision> all, ListingFix listing) {
        this.options = options;
        this.listing = listing;
        this.signing = new SigningFix(options, all);
    }

    /** Returns the commands in their order; none when there is no such rule, or a condition of it that no command meets. */
    public List<String> of(ProgramDecision decided, PolicyExplanation explanation) {
        RuleTrial nearest = explanation.nearest().orElse(null);
        if (nearest == null || isUnprintable(decided.program().file())) {
            return List.of();
        }
        Set<String> commands = new LinkedHashSet<>();
        for (Condition failed : nearest.failing()) {
            String command = command(failed.word(), decided, nearest);
            if (command == null) {
                return List.of();
            }
            commands.add(command);
        }
        return List.copyOf(commands);
    }

    /** A line feed in a name would make two lines of a command. */
    private static boolean isUnprintable(Path file) {
        return file.toString().chars().anyMatch(Character::isISOControl);
    }

    private @Nullable String command(String condition, ProgramDecision decided, RuleTrial rule) {
        if (condition.startsWith(KEYRING)) {
            return options.commandWithKeyring(
                    condition.substring(KEYRING.length()).toLowerCase(Locale.ROOT));
        }
        return condition.equals("bpf_integrity=allowlist:OK")
                ? listing.of(decided)
                : signing.command(condition, decided, rule);
    }
}
