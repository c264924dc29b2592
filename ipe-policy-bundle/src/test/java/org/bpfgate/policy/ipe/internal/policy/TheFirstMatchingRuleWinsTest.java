package org.bpfgate.policy.ipe.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.policy.ipe.internal.event.BpfLoadContext;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.parser.PolicyParser;
import org.bpfgate.policy.ipe.internal.parser.PolicyTexts;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.LoadOrigin;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;

/** Compares the policy with an evaluator that knows nothing but the words of the text and what is true of the load. */
final class TheFirstMatchingRuleWinsTest {
    @Property(tries = 3000)
    void asInTheText(
            @ForAll("policies") String text,
            @ForAll IntegrityVerdict hornet,
            @ForAll IntegrityVerdict allowlist,
            @ForAll @IntRange(min = -1, max = 2) int keyring,
            @ForAll LoadOrigin origin)
            throws PolicySyntaxException {
        BpfLoadContext load = new BpfLoadContext();
        load.report("allowlist", allowlist);
        load.report("hornet", hornet);
        load.describe(ProgramLoad.of(new BpfProgram("", ProgramType.XDP, Instructions.of(new byte[8])))
                .withKeyring(keyring)
                .withOrigin(origin));
        Policy policy = PolicyParser.parse(text.getBytes(StandardCharsets.ISO_8859_1), Dialect.BPFGATE);

        Ruling ruling = Objects.requireNonNull(policy.decide(load));

        assertThat(ruling.basis().line()).isEqualTo(naiveLine(text, facts(hornet, allowlist, keyring, origin)));
        assertThat(text.split("\n", -1)[ruling.basis().line() - 1])
                .isEqualTo(ruling.basis().text())
                .endsWith(ruling.allows() ? "ALLOW" : "DENY");
    }

    @Provide
    Arbitrary<String> policies() {
        return PolicyTexts.policies();
    }

    private static Map<String, String> facts(
            IntegrityVerdict hornet, IntegrityVerdict allowlist, int keyring, LoadOrigin origin) {
        Map<String, String> facts = new HashMap<>();
        facts.put("boot_verified", "FALSE");
        facts.put("dmverity_signature", "FALSE");
        facts.put("bpf_signature", hornet.name());
        facts.put("bpf_integrity=allowlist", allowlist.name());
        facts.put("bpf_integrity=native", "NONE");
        facts.put("bpf_keyring", keyring < 0 ? "" : new String[] {"BUILTIN", "SECONDARY", "PLATFORM"}[keyring]);
        facts.put("bpf_maps_immutable", "TRUE");
        facts.put("bpf_kernel", origin == LoadOrigin.KERNEL ? "TRUE" : "FALSE");
        return facts;
    }

    /** The number of the line that decides: rules are the lines from the third on, the second is the default. */
    private static int naiveLine(String text, Map<String, String> facts) {
        String[] lines = text.strip().split("\n", -1);
        for (int i = 2; i < lines.length; i++) {
            boolean holds = true;
            for (String word : lines[i].split(" +", -1)) {
                holds &= word.startsWith("op=") || word.startsWith("action=") || isFact(word, facts);
            }
            if (holds) {
                return i + 1;
            }
        }
        return 2;
    }

    private static boolean isFact(String word, Map<String, String> facts) {
        int end = Math.max(word.lastIndexOf('='), word.lastIndexOf(':'));
        return word.substring(end + 1).equals(facts.get(word.substring(0, end)));
    }
}
