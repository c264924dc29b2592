package org.bpfgate.command.internal.host;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first two numbers of a kernel release. Distributions bring features to older numbers, so that it says what a kernel of that number
 * has at least.
 */
public record KernelVersion(int major, int minor) {
    private static final Pattern RELEASE = Pattern.compile("^(\\d{1,4})\\.(\\d{1,4})");

    /** Reads {@code uname -r}; a text of another form is version 0.0. */
    public static KernelVersion of(String release) {
        Matcher numbers = RELEASE.matcher(release);
        return numbers.find()
                ? new KernelVersion(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)))
                : new KernelVersion(0, 0);
    }

    public boolean isAtLeast(int otherMajor, int otherMinor) {
        return major > otherMajor || (major == otherMajor && minor >= otherMinor);
    }

    public boolean isKnown() {
        return major > 0;
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
