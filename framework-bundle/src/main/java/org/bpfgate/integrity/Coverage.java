package org.bpfgate.integrity;

import java.util.Objects;

/**
 * What a good signature vouches for.
 *
 * @param extent what is signed
 * @param mapsSigned the number of maps that the signature speaks of
 * @param mapsMatched how many of those are maps of the load, frozen and with the contents that were signed; at the time of
 *     the report
 */
public record Coverage(Extent extent, int mapsSigned, int mapsMatched) {
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
        if (mapsMatched < 0 || mapsMatched > mapsSigned) {
            throw new IllegalArgumentException(mapsMatched + " maps of " + mapsSigned + " match");
        }
        if (mapsSigned > 0 && extent != Extent.INSTRUCTIONS_AND_MAPS) {
            throw new IllegalArgumentException(extent + " has no maps");
        }
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
