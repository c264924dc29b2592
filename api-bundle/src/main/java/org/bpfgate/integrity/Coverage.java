package org.bpfgate.integrity;

import java.util.Objects;

/**
 * What a good signature vouches for.
 *
 * @param extent what is signed
 * @param mapsSigned the number of maps that the signature speaks of
 * @param mapsMatched how many of those are maps of the load, frozen and with the contents that were signed; at the time of
 *     the report
 * @param mapsImmutable how many of those are maps that nobody can write to any more, as
 *     {@link org.bpfgate.program.UsedMap#isImmutable()} tells. The others may hold other contents when the program runs
 * @param mapsUnsigned how many other maps the load has, of which the signature does not speak, though it speaks of maps. The
 *     instructions refer to maps by number, and the client chooses which map has which, so they may read one of these in the
 *     place of a signed one. 0 when the signature speaks of no map, or the instructions refer to none
 */
public record Coverage(Extent extent, int mapsSigned, int mapsMatched, int mapsImmutable, int mapsUnsigned) {
    /** What is signed. */
    public enum Extent {
        /** The instructions of the program, and nothing about its maps. */
        INSTRUCTIONS("instructions"),

        /** The instructions, and the contents of maps or their hashes. */
        INSTRUCTIONS_AND_MAPS("instructions-and-maps"),

        /** A text that the message carries. */
        TEXT("text");

        private final String label;

        Extent(String label) {
            this.label = label;
        }

        /** Returns the word for reports, which never changes. */
        public String label() {
            return label;
        }
    }

    /** Refuses numbers that cannot be. */
    public Coverage {
        Objects.requireNonNull(extent);
        if (mapsImmutable < 0 || mapsImmutable > mapsMatched) {
            throw new IllegalArgumentException(mapsImmutable + " maps of " + mapsMatched + " are immutable");
        }
        if (mapsMatched < 0 || mapsMatched > mapsSigned) {
            throw new IllegalArgumentException(mapsMatched + " maps of " + mapsSigned + " match");
        }
        if (mapsUnsigned < 0 || (mapsUnsigned > 0 && mapsSigned == 0)) {
            throw new IllegalArgumentException(mapsUnsigned + " maps are not among " + mapsSigned + " signed ones");
        }
        if (mapsSigned > 0 && extent != Extent.INSTRUCTIONS_AND_MAPS) {
            throw new IllegalArgumentException(extent + " has no maps");
        }
    }

    /** Coverage of a load that has no other maps than signed ones. */
    public Coverage(Extent extent, int mapsSigned, int mapsMatched, int mapsImmutable) {
        this(extent, mapsSigned, mapsMatched, mapsImmutable, 0);
    }

    /** Coverage by a verifier that does not ask who can write to maps, so that all count as mutable. */
    public Coverage(Extent extent, int mapsSigned, int mapsMatched) {
        this(extent, mapsSigned, mapsMatched, 0);
    }

    /**
     * Returns whether the program reads from maps what was signed: every map that the signature speaks of was found and is immutable,
     * and the load has no other. True when the signature speaks of none.
     */
    public boolean areMapsImmutable() {
        return mapsImmutable == mapsSigned && mapsUnsigned == 0;
    }

    /** The instructions and nothing else. */
    public static Coverage instructions() {
        return new Coverage(Extent.INSTRUCTIONS, 0, 0);
    }

    /** A text. */
    public static Coverage text() {
        return new Coverage(Extent.TEXT, 0, 0);
    }
}
