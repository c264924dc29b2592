package org.bpfgate.policy.ipe.internal.tools;

import java.util.ArrayList;
import java.util.List;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.policy.ipe.internal.policy.Ruling;

/** One event of every kind that the policies of {@link org.bpfgate.policy.ipe.internal.parser.PolicyTexts} tell apart. */
final class AllEvents {
    /** In each row all values that these policies name, and one that they do not. */
    private static final String[][] VALUES = {
        {"bpf_signature=OK", "bpf_signature=UNSIGNED", "bpf_signature=NONE", "bpf_signature=FAULT"},
        {"bpf_integrity=allowlist:OK", "bpf_integrity=allowlist:NONE"},
        {"bpf_integrity=native:NONE", "bpf_integrity=native:OK", "bpf_integrity=native:UNSIGNED"},
        {"bpf_keyring=BUILTIN", "bpf_keyring=PLATFORM", "bpf_keyring=SECONDARY"},
        {"bpf_kernel=TRUE", "bpf_kernel=FALSE"},
        {"bpf_maps_immutable=TRUE", "bpf_maps_immutable=FALSE"}
    };

    /** These policies say nothing about other operations but their default. */
    private static final List<String> OTHER_OPERATIONS = List.of("EXECUTE", "X509_CERT", "UNKNOWN");

    static final List<DescribedEvent> ALL = all();

    private AllEvents() {}

    private static List<DescribedEvent> all() {
        List<List<String>> combinations = List.of(List.of());
        for (String[] row : VALUES) {
            List<List<String>> longer = new ArrayList<>();
            for (List<String> facts : combinations) {
                for (String value : row) {
                    List<String> more = new ArrayList<>(facts);
                    more.add(value);
                    longer.add(more);
                }
            }
            combinations = longer;
        }
        List<DescribedEvent> events = new ArrayList<>();
        combinations.stream()
                .filter(AllEvents::canBe)
                .forEach(facts -> events.add(new DescribedEvent("BPF_PROG_LOAD", facts)));
        OTHER_OPERATIONS.forEach(op -> events.add(new DescribedEvent(op, List.of())));
        return events;
    }

    /** Both verifiers of signatures call a load unsigned, or neither does. */
    private static boolean canBe(List<String> facts) {
        boolean hornet = facts.contains("bpf_signature=UNSIGNED");
        boolean others = facts.contains("bpf_signature=OK") || facts.contains("bpf_signature=FAULT");
        return !(hornet && facts.contains("bpf_integrity=native:OK"))
                && !(others && facts.contains("bpf_integrity=native:UNSIGNED"));
    }

    /** Whether some event is allowed by one policy and denied by another. */
    static boolean anyAllowedOnlyBy(Policy allowing, Policy denying) {
        return ALL.stream().anyMatch(event -> allows(allowing, event) && !allows(denying, event));
    }

    static boolean allows(Policy policy, DescribedEvent event) {
        Ruling ruling = policy.decide(event);
        return ruling == null || ruling.allows();
    }
}
