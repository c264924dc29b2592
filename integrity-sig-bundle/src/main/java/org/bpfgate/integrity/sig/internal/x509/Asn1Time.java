package org.bpfgate.integrity.sig.internal.x509;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.bpfgate.integrity.sig.internal.asn1.BerException;
import org.bpfgate.integrity.sig.internal.asn1.Element;
import org.bpfgate.integrity.sig.internal.asn1.Tag;

/** Reads UTCTime and GeneralizedTime in the only forms that RFC 5280, 4.1.2.5 allows: whole seconds, in UTC. */
public final class Asn1Time {
    private static final int SECONDS_PER_DAY = 86_400;

    private final Element element;
    private int at;

    private Asn1Time(Element element) {
        this.element = element;
    }

    /**
     * Reads a time.
     *
     * @return seconds since 1970-01-01T00:00:00Z
     * @throws BerException when it is neither {@code YYMMDDHHMMSSZ} nor {@code YYYYMMDDHHMMSSZ}, or not a date and time
     */
    public static long read(Element element) throws BerException {
        return new Asn1Time(element).read();
    }

    private long read() throws BerException {
        long seconds = SECONDS_PER_DAY * day(year());
        int hour = twoDigits();
        int minute = twoDigits();
        int second = twoDigits();
        if (hour > 24 || minute > 59 || second > 60 || (hour == 24 && minute + second > 0)) {
            throw element.fault("the time of day does not exist");
        }
        if (element.length() != at + 1 || element.byteAt(at) != 'Z') {
            throw element.fault("the time does not end in Z after the seconds");
        }
        return seconds + 3600L * hour + 60L * minute + second;
    }

    /** RFC 5280 pivots two-digit years at 50, and wants two digits for every year from 1950 to 2049. */
    private int year() throws BerException {
        if (element.tag() == Tag.UTC_TIME) {
            int year = twoDigits();
            return year + (year < 50 ? 2000 : 1900);
        }
        if (element.tag() != Tag.GENERALIZED_TIME) {
            throw element.fault("a UTCTime or a GeneralizedTime is expected");
        }
        int year = 100 * twoDigits() + twoDigits();
        if (year >= 1950 && year < 2050) {
            throw element.fault("a year from 1950 to 2049 needs a UTCTime");
        }
        return year;
    }

    private long day(int year) throws BerException {
        try {
            return LocalDate.of(year, twoDigits(), twoDigits()).toEpochDay();
        } catch (DateTimeException e) {
            throw element.fault("the date does not exist");
        }
    }

    private int twoDigits() throws BerException {
        return 10 * digit() + digit();
    }

    private int digit() throws BerException {
        int digit = at < element.length() ? element.byteAt(at++) - '0' : -1;
        if (digit < 0 || digit > 9) {
            throw element.fault("the time is not written in digits");
        }
        return digit;
    }
}
