package org.bpfgate.policy.ipe.internal.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bpfgate.policy.PolicyDialect;
import org.bpfgate.policy.PolicyWarning;
import org.bpfgate.policy.PolicyWarning.Kind;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.parser.PolicyTexts;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.policy.ipe.internal.policy.Ruling;
import org.bpfgate.policy.ipe.internal.policy.TestPolicies;

final class WhatLintCallsUselessIsUselessTest {
    private static final Set<Kind> NEVER_DECIDING = Set.of(Kind.UNREACHABLE, Kind.DUPLICATE, Kind.CONTRADICTION);

    @Provide
    Arbitrary<String> policies() {
        return PolicyTexts.policies();
    }

    @Property(tries = 1500)
    void exactlyTheRulesThatDecideOnNothingAreNamed(@ForAll("policies") String text) {
        Policy policy = TestPolicies.parse(text, Dialect.BPFGATE);
        Set<Integer> deciding = AllEvents.ALL.stream()
                .map(policy::decide)
                .map(WhatLintCallsUselessIsUselessTest::line)
                .collect(Collectors.toCollection(TreeSet::new));
        for (int line = 3; line <= text.lines().count(); line++) {
            boolean named = lines(text, NEVER_DECIDING).contains(line);
            assertThat(named).as("line %d of\n%s", line, text).isEqualTo(!deciding.contains(line));
        }
    }

    @Property(tries = 1500)
    void withoutARuleThatIsLikeTheDefaultThePolicyDecidesTheSame(@ForAll("policies") String text) {
        Policy policy = TestPolicies.parse(text, Dialect.BPFGATE);
        Set<Integer> likeDefault = lines(text, Set.of(Kind.SAME_AS_DEFAULT));
        Set<Integer> useless = lines(text, NEVER_DECIDING);
        for (int line = 3; line <= text.lines().count(); line++) {
            Policy without = TestPolicies.parse(without(text, line), Dialect.BPFGATE);
            boolean same = !AllEvents.anyAllowedOnlyBy(policy, without) && !AllEvents.anyAllowedOnlyBy(without, policy);
            if (likeDefault.contains(line)) {
                assertThat(same).as("line %d of\n%s", line, text).isTrue();
            } else if (same && !useless.contains(line)) {
                assertThat(isLikeDefault(policy, text, line))
                        .as("line %d of\n%s", line, text)
                        .isFalse();
            }
        }
    }

    private static boolean isLikeDefault(Policy policy, String text, int line) {
        Ruling fallback = policy.globalDefault();
        return fallback != null
                && fallback.allows() == text.lines().toList().get(line - 1).endsWith("ALLOW");
    }

    private static int line(Ruling ruling) {
        return ruling.basis().line();
    }

    private static Set<Integer> lines(String text, Set<Kind> kinds) {
        return new IpePolicyTools()
                .lint(text.getBytes(StandardCharsets.ISO_8859_1), PolicyDialect.BPFGATE).warnings().stream()
                        .filter(warning -> kinds.contains(warning.kind()))
                        .map(PolicyWarning::line)
                        .collect(Collectors.toSet());
    }

    private static String without(String text, int line) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        lines.remove(line - 1);
        return String.join("\n", lines);
    }
}
