package org.bpfgate.policy.ipe.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.event.EvaluationContext;
import org.bpfgate.policy.ipe.internal.event.LoadedProgram;
import org.bpfgate.policy.ipe.internal.event.Op;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TheIndexFindsWhatAWalkFindsTest {
    private static final int EVENTS = 20;

    @Property(tries = 2000)
    void onFewRules(@ForAll long seed) {
        compare(new Random(seed), 12);
    }

    @Property(tries = 300)
    void onManyRules(@ForAll long seed) {
        compare(new Random(seed), 400);
    }

    private static void compare(Random random, int maxRules) {
        Policy policy = TestPolicies.parse(RandomPolicy.text(random, maxRules), Dialect.BPFGATE);
        for (int i = 0; i < EVENTS; i++) {
            RandomEvent event = new RandomEvent(random);
            assertThat(policy.decide(event)).isSameAs(walk(policy, event));
        }
    }

    /** The algorithm of the kernel. */
    private static @Nullable Ruling walk(Policy policy, EvaluationContext event) {
        Op op = event.op();
        if (op != null) {
            for (Rule rule : policy.about(op).rules()) {
                if (rule.properties().stream().allMatch(property -> property.holds(event))) {
                    return rule.ruling();
                }
            }
        }
        return policy.globalDefault();
    }

    @Test
    void rulesThatCannotMatchAreNotAsked() {
        int[] asked = new int[1];
        StringBuilder rules = new StringBuilder();
        for (int uid = 0; uid < 10_000; uid++) {
            rules.append("op=BPF_PROG_LOAD bpf_helper=bpf_loop bpf_client_uid=")
                    .append(uid)
                    .append(" action=ALLOW\n");
        }
        Policy policy = TestPolicies.of("DEFAULT action=DENY", rules.toString());
        EvaluationContext event = new EvaluationContext() {
            @Override
            public Op op() {
                return Op.BPF_PROG_LOAD;
            }

            @Override
            public @Nullable LoadedProgram program() {
                asked[0]++;
                return null;
            }
        };

        assertThat(policy.decide(event)).isSameAs(policy.globalDefault());
        assertThat(asked[0]).isZero();
    }
}
