package org.bpfgate.integrity.hash.internal.text;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises lines of other tools, which have digests of files in forms of their own, and says what to do about them. */
final class OtherForm {
    /** {@code sha256sum --tag}, {@code shasum} of BSD, {@code openssl dgst}. */
    private static final Pattern TAGGED = Pattern.compile("(?i)SHA(?:2-)?[0-9]+ ?\\(.*\\) ?= ?[0-9a-f]+");

    /** A trust file of fapolicyd: the path of a file, its size, its digest. */
    private static final Pattern FAPOLICYD = Pattern.compile("/.* [0-9]+ [0-9a-fA-F]{40,128}");

    /** The digits of a tag, as the kernel shows it. */
    private static final int TAG = 16;

    /** A digest by another algorithm, with its name before it or told by the number of its digits. */
    private static final Pattern OTHER_ALGORITHM = Pattern.compile("(?i)(md5|sha-?(?:1|224|384|512)):[0-9a-f]+\\b.*");

    private static final Map<Integer, String> BY_DIGITS =
            Map.of(32, "MD5", 40, "SHA-1", 56, "SHA-224", 96, "SHA-384", 128, "SHA-512");

    /** {@code sha256-BASE64} of package managers and web pages, and the bare base64 of 32 bytes. */
    private static final Pattern BASE64 = Pattern.compile("(?:sha256[-:])?[0-9A-Za-z+/]{43}=(?: .*)?");

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
    static AllowlistException defect(AllowlistLine line, int start, int digits, int wanted) {
        String text = line.text();
        if (TAGGED.matcher(text).matches()) {
            return line.defect(0, "this is a line of \"sha256sum --tag\"" + OF_FILES);
        }
        if (FAPOLICYD.matcher(text).matches()) {
            return line.defect(0, "this is a line of fapolicyd's list of trusted files" + OF_FILES);
        }
        Matcher other = OTHER_ALGORITHM.matcher(text);
        String algorithm = other.matches() ? other.group(1).toUpperCase(Locale.ROOT) : BY_DIGITS.get(digits);
        if (algorithm != null) {
            return line.defect(
                    start + Math.min(digits, wanted),
                    "this is a digest by " + algorithm + "; a list has SHA-256 digests of"
                            + " programs, 64 hexadecimal digits: make it with \"bpfgate allowlist build\"");
        }
        if (BASE64.matcher(text).matches()) {
            return line.defect(0, "this is a digest in base64; a list has 64 hexadecimal digits");
        }
        if (text.startsWith("/") || text.startsWith("./") || text.startsWith("../")) {
            return line.defect(
                    0,
                    "a path stands where a digest is wanted; \"bpfgate allowlist build --append -o LIST FILE\""
                            + " lists the programs of a file");
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
                        : "the digest has " + digits + (digits == 1 ? " hexadecimal digit" : " hexadecimal digits")
                                + ", not 64");
    }
}
