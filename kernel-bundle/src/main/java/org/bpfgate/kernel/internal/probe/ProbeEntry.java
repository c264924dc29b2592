package org.bpfgate.kernel.internal.probe;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpfgate.program.AttachType;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.LoadFlag;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;

/** One entry of a list of feature probes while it is read: its lines by key. */
final class ProbeEntry {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern PROGRAM_NAME = Pattern.compile("[A-Za-z0-9_.]{1,15}|[A-Za-z0-9_.]{1,14}\\*");
    private static final Pattern MAP =
            Pattern.compile("([a-z_]+) key=([0-9]{1,9}) value=([0-9]{1,9}) entries=([0-9]{1,9})");
    private static final Pattern FUNCTIONS = Pattern.compile("[1-9][0-9]?");

    /** How messages and files call a program without a name, and no attach type or target. */
    private static final String NONE = "none";

    private enum Key {
        SOURCE,
        TYPE,
        NAME,
        ATTACH,
        FLAGS,
        TARGET,
        FUNCTIONS,
        MAP,
        INSTRUCTIONS,
        DIGEST;

        private static final List<Key> REQUIRED = List.of(SOURCE, TYPE, INSTRUCTIONS);

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        static @Nullable Key byLabel(String label) {
            for (Key key : values()) {
                if (key.label().equals(label)) {
                    return key;
                }
            }
            return null;
        }
    }

    private record Value(FeatureProbeReader.Place place, String text) {
        FeatureProbeException not(String what) {
            return place.fault("\"" + text + "\" is not " + what);
        }

        List<String> parts() {
            return List.of(text.split(",", -1));
        }
    }

    private final FeatureProbeReader.Place place;
    private final String name;
    private final Map<Key, Value> values = new EnumMap<>(Key.class);

    ProbeEntry(FeatureProbeReader.Place place, String name) throws FeatureProbeException {
        this.place = place;
        this.name = name;
        if (!NAME.matcher(name).matches()) {
            throw place.fault(
                    "the name of a probe has up to 64 lower-case letters, digits and \"-\", found \"" + name + "\"");
        }
    }

    void put(FeatureProbeReader.Place where, String label, String text) throws FeatureProbeException {
        Key key = Key.byLabel(label);
        if (key == null) {
            throw where.fault("unknown key \"" + label + "\"; an entry has " + labels());
        }
        if (values.put(key, new Value(where, text)) != null && key != Key.SOURCE) {
            throw where.fault("the probe " + name + " has \"" + label + "=\" twice; remove one");
        }
    }

    private static String labels() {
        List<String> labels = new ArrayList<>();
        for (Key key : Key.values()) {
            labels.add(key.label() + "=");
        }
        return String.join(", ", labels);
    }

    FeatureProbe toProbe() throws FeatureProbeException {
        for (Key key : Key.REQUIRED) {
            if (!values.containsKey(key)) {
                throw place.fault("the probe " + name + " has no \"" + key.label() + "=\"");
            }
        }
        Value code = required(Key.INSTRUCTIONS);
        InstructionPattern pattern = new PatternReader(code.place(), code.text()).read();
        List<MapShape> maps = maps();
        requireAsManyMaps(code, pattern, maps);
        checkDigest(code, pattern);
        return new FeatureProbe(name, types(), names(), attachTypes(), flags(), target(), functions(), maps, pattern);
    }

    private Value required(Key key) {
        Value value = values.get(key);
        if (value == null) {
            throw new IllegalStateException(key.label());
        }
        return value;
    }

    private static void requireAsManyMaps(Value code, InstructionPattern pattern, List<MapShape> maps)
            throws FeatureProbeException {
        boolean usesMap = pattern.usesMap();
        if (usesMap == maps.isEmpty()) {
            throw code.place()
                    .fault(
                            usesMap
                                    ? "the instructions refer to a map, so the entry needs \"map=\""
                                    : "the entry has \"map=\", but its instructions refer to none");
        }
    }

    private void checkDigest(Value code, InstructionPattern pattern) throws FeatureProbeException {
        Value digest = values.get(Key.DIGEST);
        if (pattern.varies()) {
            if (digest != null) {
                throw digest.place().fault("instructions with \"*\" have no digest; remove the line");
            }
            return;
        }
        String computed =
                Instructions.of(pattern.bytes()).digest().orElseThrow().hex();
        if (digest == null) {
            throw code.place().fault("the entry lacks \"digest=" + computed + "\"");
        }
        if (!digest.text().replaceFirst("^sha256:", "").equals(computed)) {
            throw digest.place()
                    .fault("the instructions above have the digest " + computed
                            + "; find out which of the two lines is wrong");
        }
    }

    private Set<ProgramType> types() throws FeatureProbeException {
        Value value = required(Key.TYPE);
        Set<ProgramType> types = EnumSet.noneOf(ProgramType.class);
        for (String label : value.parts()) {
            ProgramType type = ProgramType.byLabel(label).orElse(ProgramType.UNSPEC);
            if (type == ProgramType.UNSPEC) {
                throw value.place()
                        .fault("\"" + label + "\" is no type of program; write it as bpftool does, such as xdp");
            }
            types.add(type);
        }
        return types;
    }

    private NameRule names() throws FeatureProbeException {
        Value value = values.get(Key.NAME);
        if (value == null) {
            return NameRule.UNNAMED;
        }
        List<String> names = new ArrayList<>();
        for (String part : value.parts()) {
            if (!PROGRAM_NAME.matcher(part).matches()) {
                throw value.place()
                        .fault("\"" + part
                                + "\" is no name of a program: up to 15 letters, digits, \"_\" and \".\", or a"
                                + " beginning and \"*\"");
            }
            names.add(part.equals(NONE) ? "" : part);
        }
        return new NameRule(names);
    }

    private Set<Integer> attachTypes() throws FeatureProbeException {
        Value value = values.get(Key.ATTACH);
        if (value == null) {
            return Set.of(0);
        }
        Set<Integer> numbers = new TreeSet<>();
        for (String label : value.parts()) {
            numbers.add(attachType(value, label));
        }
        return numbers;
    }

    private static int attachType(Value value, String label) throws FeatureProbeException {
        if (label.equals(NONE)) {
            return 0;
        }
        int number = 0;
        for (AttachType type = AttachType.byNumber(0); type != null; type = AttachType.byNumber(++number)) {
            if (type.label().equals(label)) {
                return number;
            }
        }
        throw value.place()
                .fault("\"" + label + "\" is no attach type; write it as policies do, such as trace_fentry, or none");
    }

    private int flags() throws FeatureProbeException {
        Value value = values.get(Key.FLAGS);
        if (value == null) {
            return 0;
        }
        int flags = 0;
        for (String label : value.parts()) {
            flags |= flag(value, label).mask();
        }
        return flags;
    }

    private static LoadFlag flag(Value value, String label) throws FeatureProbeException {
        for (LoadFlag flag : LoadFlag.values()) {
            if (flag.name().toLowerCase(Locale.ROOT).equals(label) && flag != LoadFlag.TOKEN_FD) {
                return flag;
            }
        }
        throw value.not("a flag of a load, such as sleepable");
    }

    private TargetRule target() throws FeatureProbeException {
        Value value = values.get(Key.TARGET);
        if (value == null) {
            return TargetRule.NONE;
        }
        return switch (value.text()) {
            case "btf" -> TargetRule.BTF;
            case "program" -> TargetRule.PROGRAM;
            default -> throw value.not("btf or program; leave the line out for a program without a target");
        };
    }

    private int functions() throws FeatureProbeException {
        Value value = values.get(Key.FUNCTIONS);
        if (value == null) {
            return 0;
        }
        if (!FUNCTIONS.matcher(value.text()).matches()) {
            throw value.not("a number of functions from 1 to 99");
        }
        return Integer.parseInt(value.text());
    }

    private List<MapShape> maps() throws FeatureProbeException {
        Value value = values.get(Key.MAP);
        if (value == null) {
            return List.of();
        }
        Matcher parts = MAP.matcher(value.text());
        if (!parts.matches() || MapShape.typeByName(parts.group(1)) <= 0) {
            throw value.not("a map such as \"array key=4 value=32 entries=1\"");
        }
        return List.of(new MapShape(
                MapShape.typeByName(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                Integer.parseInt(parts.group(4))));
    }
}
