package org.bpfgate.command.internal.sign;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.integrity.SigningRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The signing time in the message: now, or that of a reproducible build ({@code SOURCE_DATE_EPOCH}), or none. */
final class TimeOption {
    private static final String VARIABLE = "SOURCE_DATE_EPOCH";

    /** The last second that an ASN.1 time has. */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    @Option(names = "--no-signing-time", description = "leave the time of signing out of the signature")
    private boolean isLeftOut;

    boolean isLeftOut() {
        return isLeftOut;
    }

    /**
     * Puts the time into a request.
     *
     * @throws InputException when the variable has no time
     */
    SigningRequest in(SigningRequest request) throws InputException {
        if (isLeftOut) {
            return request.withoutTime();
        }
        Optional<Instant> time = ofBuild(System.getenv(VARIABLE));
        return time.isPresent() ? request.at(time.get()) : request;
    }

    /** The time of a build, which counts seconds since 1970 (reproducible-builds.org); none when the variable is not set. */
    static Optional<Instant> ofBuild(@Nullable String value) throws InputException {
        if (value == null || value.isEmpty()) {
            return Optional.empty();
        }
        try {
            Instant time = Instant.ofEpochSecond(Long.parseLong(value));
            if (!time.isBefore(Instant.EPOCH) && !time.isAfter(LAST)) {
                return Optional.of(time);
            }
        } catch (NumberFormatException | DateTimeException e) {
            // Told below, as other values that are no time.
        }
        throw new InputException(VARIABLE + ": \"" + value + "\" is no number of seconds since 1970-01-01T00:00:00Z");
    }
}
