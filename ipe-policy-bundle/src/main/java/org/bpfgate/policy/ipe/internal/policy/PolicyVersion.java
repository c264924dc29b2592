package org.bpfgate.policy.ipe.internal.policy;

/**
 * The revision of a policy. Each part fits 16 bits, as in {@code struct ipe_parsed_policy}.
 *
 * @param major the first part
 * @param minor the second part
 * @param revision the third part
 */
public record PolicyVersion(int major, int minor, int revision) {
    /** The largest value of a part, {@code U16_MAX}. */
    public static final int MAX_PART = 0xffff;

    /** Refuses parts outside 0 to {@value #MAX_PART}. */
    public PolicyVersion {
        if (!isPart(major) || !isPart(minor) || !isPart(revision)) {
            throw new IllegalArgumentException("a part of a version is 0 to 65535");
        }
    }

    private static boolean isPart(int value) {
        return value >= 0 && value <= MAX_PART;
    }

    /** Returns the form {@code 1.0.0}, without leading zeros. */
    @Override
    public String toString() {
        return major + "." + minor + "." + revision;
    }
}
