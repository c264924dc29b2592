package org.bpfgate.policy.ipe.internal.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;

final class AnyBytesParseOrFailWithAPlaceTest {
    @Property
    void randomBytes(@ForAll byte[] text, @ForAll Dialect dialect) {
        ParserOracle.check(text, dialect);
    }

    @Property(tries = 5000)
    void wordsOfTheLanguageInAnyOrder(@ForAll("nearlyPolicies") String text, @ForAll Dialect dialect) {
        ParserOracle.check(text.getBytes(StandardCharsets.ISO_8859_1), dialect);
    }

    @Property
    void everyWellFormedPolicyIsAccepted(@ForAll("policies") String text) throws PolicySyntaxException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);

        assertThat(PolicyParser.parse(bytes, Dialect.BPFGATE).text()).isEqualTo(bytes);
    }

    @Provide
    Arbitrary<String> nearlyPolicies() {
        return Arbitraries.of(PolicyTexts.PIECES)
                .list()
                .ofMaxSize(20)
                .map(pieces -> PolicyTexts.HEADER + String.join("", pieces));
    }

    @Provide
    Arbitrary<String> policies() {
        return PolicyTexts.policies();
    }
}
