package org.bpfgate.integrity.hash.internal;

import java.util.regex.Pattern;

/** Recognises lines of other tools, which have digests of files in forms of their own, and says what to do about them. */
final class OtherForm {
    /** {@code sha256sum --tag}, {@code shasum} of BSD, {@code openssl dgst}. */
    private static final Pattern TAGGED = Pattern.compile("(?i)SHA(?:2-)?[0-9]+ ?\\(.*\\) ?= ?[0-9a-f]+");

    /** A trust file of fapolicyd: the path of a file, its size, its digest. */
    private static final Pattern FAPOLICYD = Pattern.compile("/.* [0-9]+ [0-9a-fA-F]{40,128}");

    /** The digits of a tag, as the kernel shows it. */
    private static final int TAG = 16;

    private static final String OF_FILES =
            "; it has the digest of a file, and a list has digests of programs: make it with \"bpfgate allowlist build\"";

    private OtherForm() {}

    /**
     * Makes the error for a line that does not begin with a digest.
     *
     * @param start where the digits would begin
     * @param digits how many hexadecimal digits are there
     * @param wanted how many there should be
     */
    static AllowlistException defect(ListLine line, int start, int digits, int wanted) {
        String text = line.text();
        if (TAGGED.matcher(text).matches()) {
            return line.defect(0, "this is a line of \"sha256sum --tag\"" + OF_FILES);
        }
        if (FAPOLICYD.matcher(text).matches()) {
            return line.defect(0, "this is a line of fapolicyd's list of trusted files" + OF_FILES);
        }
        if (text.startsWith(" ") && !text.isBlank()) {
            return line.defect(0, "blanks stand before the digest; take them away");
        }
        if (digits == TAG) {
            return line.defect(start + digits, "this is a tag of 16 digits; a list needs all 64 digits of the digest");
        }
        return line.defect(
                start + Math.min(digits, wanted),
                digits == 0
                        ? "the line does not begin with a digest of 64 hexadecimal digits"
                        : "the digest has " + digits + " hexadecimal digits, not 64");
    }
}
