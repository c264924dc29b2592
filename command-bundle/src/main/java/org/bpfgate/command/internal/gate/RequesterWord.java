package org.bpfgate.command.internal.gate;

import java.util.List;
import java.util.Map;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.settings.NearestWord;

/** One word of the description of a requester, {@code KEY=VALUE}: says what is wrong with it. */
public final class RequesterWord {
    /** The keys. */
    public static final List<String> KEYS = List.of("uid", "exe", "unit", "probe", "license", "kernel");

    private static final String FORMS = "uid=NUMBER, exe=FILE, exe=sha256:HEX, unit=UNIT, probe=NAME, probe=true,"
            + " license=TEXT, kernel=true|false";

    /** The forms of words by key. */
    private static final Map<String, String> FORM = Map.of(
            "uid", "a user id, uid=0 to uid=4294967295",
            "exe", "exe=FILE or exe=sha256:HEX",
            "unit", "a systemd unit with its type, such as unit=cilium.service",
            "probe", "probe=NAME, probe=true or probe=false",
            "license", "license=TEXT",
            "kernel", "kernel=true or kernel=false");

    /** The types of units that processes belong to, systemd.unit(5). */
    private static final List<String> UNIT_TYPES = List.of("service", "scope", "socket", "mount", "swap");

    private static final String UNIT_CHARACTERS = "[A-Za-z0-9:_.\\\\@-]{1,255}";
    private static final long MAX_UID = 0xffff_ffffL;

    private RequesterWord() {}

    /** Returns whether a key is one of a requester. */
    public static boolean isKey(String key) {
        return KEYS.contains(key);
    }

    /** Makes the error for a word that begins with no key. */
    static IllegalArgumentException unknown(String word) {
        int sign = word.indexOf('=');
        String key = sign < 0 ? word : word.substring(0, sign);
        return new IllegalArgumentException("expected " + FORMS + ", found '" + word + "'"
                + NearestWord.of(key, KEYS)
                        .filter(near -> key.length() > 2)
                        .map(near -> "; did you mean '" + near + "='?")
                        .orElse(""));
    }

    /**
     * Checks a word.
     *
     * @throws IllegalArgumentException when it is wrong, with the reason
     * @throws InputException when it cannot be told
     */
    public static void check(String key, String value, ProbeNames probes) throws InputException {
        boolean good = switch (key) {
            case "uid" -> value.matches("[0-9]{1,10}") && Long.parseLong(value) <= MAX_UID;
            case "kernel" -> value.equals("true") || value.equals("false");
            case "unit" -> isUnit(value);
            default -> !value.isEmpty();
        };
        if (!good) {
            throw new IllegalArgumentException("expected " + FORM.get(key) + ", found '" + key + "=" + value + "'");
        }
        if (key.equals("probe") && !isTruth(value)) {
            probes.require(value);
        }
    }

    private static boolean isUnit(String value) {
        int dot = value.lastIndexOf('.');
        return dot > 0 && UNIT_TYPES.contains(value.substring(dot + 1)) && value.matches(UNIT_CHARACTERS);
    }

    /** As policies write it, {@code bpf_probe=TRUE}, in either case. */
    static boolean isTruth(String value) {
        return value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
    }
}
