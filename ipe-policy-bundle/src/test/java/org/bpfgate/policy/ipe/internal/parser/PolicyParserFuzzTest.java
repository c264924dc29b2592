package org.bpfgate.policy.ipe.internal.parser;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.bpfgate.policy.ipe.internal.event.Dialect;

/** Runs the seeds beside it; with {@code JAZZER_FUZZ=1} in the environment it tries random texts for a minute. */
final class PolicyParserFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void anyBytesParseOrFailWithAPlace(byte[] text) {
        for (Dialect dialect : Dialect.values()) {
            ParserOracle.check(text, dialect);
        }
    }
}
