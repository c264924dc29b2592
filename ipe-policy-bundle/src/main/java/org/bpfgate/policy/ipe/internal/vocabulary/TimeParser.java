package org.bpfgate.policy.ipe.internal.vocabulary;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.bpfgate.hook.Errno;
import org.bpfgate.policy.ipe.internal.property.Property;
import org.bpfgate.policy.ipe.internal.property.Until;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;

/** Reads times. */
final class TimeParser {
    /** The length of a date without a time, {@code 2026-12-31}. */
    private static final int DATE = 10;

    private TimeParser() {}

    /** Reads {@code until=2026-12-31T00:00:00Z}, or a date, which means the beginning of that day in UTC. */
    static Property until(ValueWord word) throws PolicySyntaxException {
        String value = word.value();
        try {
            return new Until(
                    value.length() == DATE
                            ? LocalDate.parse(value).atStartOfDay().toInstant(ZoneOffset.UTC)
                            : wholeSeconds(Instant.parse(value)));
        } catch (DateTimeParseException | IllegalArgumentException e) {
            throw word.word()
                    .error(
                            Errno.EINVAL,
                            word.start(),
                            "expected a time in UTC such as " + word.beginning()
                                    + "2027-01-31T12:00:00Z, or a date, found "
                                    + word.word().quoted());
        }
    }

    private static Instant wholeSeconds(Instant time) {
        if (!time.equals(time.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalArgumentException("a fraction of a second");
        }
        return time;
    }
}
