package org.bpfgate.integrity.sig.internal.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ValidityTest {
    private static final long FROM = Instant.parse("2026-01-31T08:00:00Z").getEpochSecond();
    private static final long TO = Instant.parse("2027-01-31T07:59:59Z").getEpochSecond();

    private final Validity validity = new Validity(FROM, TO);

    @Test
    void bothEndsAreInside() {
        assertThat(validity.contains(FROM)).isTrue();
        assertThat(validity.contains(TO)).isTrue();
        assertThat(validity.contains(FROM - 1)).isFalse();
        assertThat(validity.contains(TO + 1)).isFalse();
    }

    @Test
    void theSecondIsToldInUtc() {
        assertThat(validity.outside(FROM - 1)).isEqualTo("is not valid before 2026-01-31T08:00:00Z");
        assertThat(validity.outside(TO + 1)).isEqualTo("expired on 2027-01-31T07:59:59Z");
        assertThat(validity).hasToString("2026-01-31T08:00:00Z to 2027-01-31T07:59:59Z");
    }
}
