package org.bpfgate.kernel.internal.probe;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list of feature probes, strictly: {@code docs/feature-probes.md} is the format. For one list.
 */
final class FeatureProbeReader {
    /** Far more than a list has. */
    private static final int MOST_BYTES = 1 << 20;

    private static final int MOST_PROBES = 4096;
    private static final String FORMAT = "format=bpfgate-feature-probes 1";
    private static final String VERSION = "version=";
    private static final String INCLUDE = "include=";
    private static final String SHIPPED = "include=shipped";

    private final String file;
    private final List<FeatureProbe> probes = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    /** The names in the list that ships, when that one is included. */
    private final Set<String> shipped = new HashSet<>();

    private @Nullable String format;
    private @Nullable String version;
    private @Nullable ProbeEntry entry;

    private FeatureProbeReader(String file) {
        this.file = file;
    }

    static FeatureProbes read(String file, byte[] bytes) throws FeatureProbeException {
        if (bytes.length > MOST_BYTES) {
            throw new FeatureProbeException(
                    file + ": has " + bytes.length + " bytes; a list of probes has " + MOST_BYTES + " at most");
        }
        FeatureProbeReader reader = new FeatureProbeReader(file);
        String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            reader.line(new Place(file, i + 1), lines[i]);
        }
        return reader.end();
    }

    private void line(Place place, String line) throws FeatureProbeException {
        requirePlain(place, line);
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        if (format == null) {
            format = require(place, line, FORMAT, line.equals(FORMAT));
        } else if (version == null) {
            require(place, line, VERSION + "DATE", line.startsWith(VERSION) && line.length() > VERSION.length());
            version = line.substring(VERSION.length());
        } else if (line.startsWith(INCLUDE)) {
            include(place, line);
        } else {
            keyAndValue(place, line);
        }
    }

    /** The list that ships has no such line. */
    private void include(Place place, String line) throws FeatureProbeException {
        require(place, line, SHIPPED, line.equals(SHIPPED));
        if (entry != null) {
            throw place.fault("\"" + SHIPPED + "\" stands above the first \"probe=\"");
        }
        if (!shipped.isEmpty()) {
            throw place.fault("\"" + SHIPPED + "\" is there twice; remove one");
        }
        for (FeatureProbe probe : FeatureProbes.shipped().all()) {
            shipped.add(probe.name());
            probes.add(probe);
        }
    }

    private static void requirePlain(Place place, String line) throws FeatureProbeException {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) < ' ' || line.charAt(i) > '~') {
                String hint = line.charAt(i) == '\r' ? "; end lines with a line feed alone" : "";
                throw place.fault("the character at column " + (i + 1) + " is not plain ASCII" + hint);
            }
        }
    }

    private static String require(Place place, String line, String expected, boolean holds)
            throws FeatureProbeException {
        if (!holds) {
            throw place.fault("expected \"" + expected + "\", found \"" + line + "\"");
        }
        return line;
    }

    private void keyAndValue(Place place, String line) throws FeatureProbeException {
        int equals = line.indexOf('=');
        if (equals <= 0 || equals == line.length() - 1) {
            throw place.fault("expected key=value, found \"" + line + "\"");
        }
        String key = line.substring(0, equals);
        String value = line.substring(equals + 1);
        if (key.equals("probe")) {
            finishEntry();
            entry = new ProbeEntry(place, value);
            if (shipped.contains(value)) {
                throw place.fault("the probe " + value + " is in the list that ships too; rename this one");
            }
            if (!names.add(value)) {
                throw place.fault("the probe " + value + " is there twice; rename one");
            }
        } else if (entry == null) {
            throw place.fault("\"" + key + "=\" stands before the first \"probe=\"");
        } else {
            entry.put(place, key, value);
        }
    }

    private void finishEntry() throws FeatureProbeException {
        if (entry != null) {
            probes.add(entry.toProbe());
        }
        if (probes.size() > MOST_PROBES) {
            throw new FeatureProbeException(file + ": has more than " + MOST_PROBES + " probes");
        }
    }

    private FeatureProbes end() throws FeatureProbeException {
        finishEntry();
        if (version == null) {
            throw new FeatureProbeException(file + ": is no list of feature probes; it begins with \"" + FORMAT
                    + "\" and \"" + VERSION + "DATE\"");
        }
        return new FeatureProbes(version, probes);
    }

    /**
     * A line of the file.
     *
     * @param line counted from 1
     */
    record Place(String file, int line) {
        FeatureProbeException fault(String what) {
            return new FeatureProbeException(file + ":" + line + ": " + what);
        }
    }
}
