package org.bpfgate.policy.ipe.internal.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bpfgate.policy.PolicyDifference;
import org.bpfgate.policy.PolicyDifference.Witness;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.parser.PolicyTexts;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.policy.ipe.internal.policy.RandomPolicy;
import org.bpfgate.policy.ipe.internal.policy.TestPolicies;
import org.bpfgate.policy.ipe.internal.search.Budget;

final class ADifferenceIsExactTest {
    @Provide
    Arbitrary<String> policies() {
        return PolicyTexts.policies();
    }

    @Property(tries = 1500)
    void asAllEventsTell(@ForAll("policies") String one, @ForAll("policies") String other) {
        assertExact(read(one), read(other));
    }

    @Property(tries = 1500)
    void alsoOfPoliciesThatHardlyDiffer(@ForAll("policies") String text, @ForAll long seed) {
        assertExact(read(text), read(changed(text, new Random(seed))));
    }

    private static void assertExact(Policy one, Policy other) {
        PolicyDifference found = compare(one, other);
        assertThat(found.exhaustive()).isTrue();
        assertThat(found.allowedOnlyByFirst().isPresent()).isEqualTo(AllEvents.anyAllowedOnlyBy(one, other));
        assertThat(found.allowedOnlyBySecond().isPresent()).isEqualTo(AllEvents.anyAllowedOnlyBy(other, one));
        assertWitnessed(one, other, found);
    }

    @Property(tries = 1500)
    void andItsWitnessReallyDiffers(@ForAll long seed) {
        Random random = new Random(seed);
        String text = RandomPolicy.text(random, 12);
        Policy one = read(text);
        Policy other = read(random.nextBoolean() ? changed(text, random) : RandomPolicy.text(random, 12));
        assertWitnessed(one, other, compare(one, other));
    }

    private static void assertWitnessed(Policy one, Policy other, PolicyDifference found) {
        found.allowedOnlyByFirst().ifPresent(witness -> assertAllowedOnlyBy(one, other, witness));
        found.allowedOnlyBySecond().ifPresent(witness -> assertAllowedOnlyBy(other, one, witness));
        found.allowedOnlyByFirst()
                .flatMap(Witness::firstBasis)
                .ifPresent(basis -> assertThat(basis.text()).endsWith("action=ALLOW"));
        found.allowedOnlyBySecond()
                .flatMap(Witness::firstBasis)
                .ifPresent(basis -> assertThat(basis.text()).endsWith("action=DENY"));
    }

    private static void assertAllowedOnlyBy(Policy allowing, Policy denying, Witness witness) {
        DescribedEvent event = new DescribedEvent(witness.op(), witness.facts());
        assertThat(AllEvents.allows(allowing, event)).as("%s", witness).isTrue();
        assertThat(AllEvents.allows(denying, event)).as("%s", witness).isFalse();
    }

    @Property(tries = 1000)
    void noEventTellsPoliciesApartThatAreCalledAlike(@ForAll long seed) {
        Random random = new Random(seed);
        String text = RandomPolicy.text(random, 12);
        Policy one = read(text);
        Policy other = read(changed(text, random));
        if (compare(one, other).isNone()) {
            for (int i = 0; i < 200; i++) {
                DescribedEvent event = RandomFacts.event(random);
                assertThat(AllEvents.allows(one, event)).isEqualTo(AllEvents.allows(other, event));
            }
        }
    }

    /** Leaves a rule out, swaps two, or writes one twice. */
    private static String changed(String text, Random random) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        lines.removeLast();
        List<String> rules = lines.subList(2, lines.size());
        if (!rules.isEmpty()) {
            int at = random.nextInt(rules.size());
            switch (random.nextInt(3)) {
                case 0 -> rules.remove(at);
                case 1 -> Collections.swap(rules, at, random.nextInt(rules.size()));
                default -> rules.add(random.nextInt(rules.size() + 1), rules.get(at));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static PolicyDifference compare(Policy one, Policy other) {
        return new PolicyDiff(one, other, new Budget(Budget.USUAL)).compare();
    }

    private static Policy read(String text) {
        return TestPolicies.parse(text, Dialect.BPFGATE);
    }
}
