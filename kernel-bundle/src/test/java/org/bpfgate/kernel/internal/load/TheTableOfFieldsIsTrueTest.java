package org.bpfgate.kernel.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpfgate.kernel.internal.session.NoAttributeDecidesUnseenTest;
import org.bpfgate.kernel.internal.syscall.ProgLoadAttr;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.program.ProgramLoad;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/load-attributes.md} names every field that the code knows, and says of each what the code does. */
class TheTableOfFieldsIsTrueTest {
    private static final Path PAGE = Path.of("..", "docs", "load-attributes.md");

    private static final Path POLICY = Path.of("..", "docs", "policy.md");

    private static final Pattern WORD = Pattern.compile("`([a-z_]+)`");

    /** The words of policies that ask for no field of a load. */
    private static final Set<String> NO_FIELD = Set.of(
            "bpf_client_uid", "bpf_client_exe", "bpf_client_unit", "bpf_kernel", "bpf_probe", "bpf_trial", "until");

    /** What is no place of a field. */
    private static final Set<String> OTHER_CONSTANTS = Set.of("SIZE", "NAME_SIZE", "TOKEN_FD_FLAG");

    /** What takes descriptors or a namespace to show; {@link NoAttributeDecidesUnseenTest} does. */
    private static final Set<String> ON_THE_RUNNING_KERNEL =
            Set.of("fd_array shown", "prog_btf_fd refused", "prog_ifindex refused");

    /** A value that is refused, where some are. */
    private static final Map<String, Integer> REFUSED = Map.of("prog_flags", 1 << 9, "core_relo_cnt", 1);

    record Row(String field, String place, List<String> classes, Set<String> words) {
        int offset() {
            return Integer.parseInt(place);
        }

        boolean isField() {
            return !place.equals("-") && offset() < ProgLoadAttr.SIZE;
        }

        @Override
        public String toString() {
            return field;
        }
    }

    static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            String[] cells = line.split("\\|", -1);
            if (cells.length == 7
                    && !cells[1].isBlank()
                    && !cells[1].startsWith(" Field")
                    && !cells[1].startsWith(" -")) {
                String field = cells[1].strip().replace("`", "");
                rows.add(new Row(
                        field, cells[2].strip(), List.of(cells[3].strip().split(", ")), words(cells[4])));
            }
        }
        return rows;
    }

    private static Set<String> words(String cell) {
        Set<String> words = new TreeSet<>();
        Matcher word = WORD.matcher(cell);
        while (word.find()) {
            words.add(word.group(1));
        }
        assertThat(words.isEmpty()).as(cell).isEqualTo(cell.strip().equals("none"));
        return words;
    }

    static List<Row> fields() throws IOException {
        return rows().stream().filter(Row::isField).toList();
    }

    @Test
    void theTableHasTheFieldsThatTheCodeHas() throws Exception {
        Map<String, Integer> known = new TreeMap<>();
        for (Field constant : ProgLoadAttr.class.getFields()) {
            if (!OTHER_CONSTANTS.contains(constant.getName())) {
                known.put(constant.getName().toLowerCase(Locale.ROOT), constant.getInt(null));
            }
        }
        Map<String, Integer> told = new TreeMap<>();
        fields().forEach(row -> told.put(row.field(), row.offset()));
        assertThat(told).isEqualTo(known);
        assertThat(rows())
                .contains(new Row(
                        "everything behind", Integer.toString(ProgLoadAttr.SIZE), List.of("refused"), Set.of()));
        assertThat(rows())
                .allSatisfy(row ->
                        assertThat(row.classes()).isNotEmpty().isSubsetOf("covered", "shown", "refused", "harmless"));
    }

    /** A word that a policy has for a load is in the row of a field, or asks about something else than the load's fields. */
    @Test
    void eachWordOfPoliciesHasItsField() throws IOException {
        Set<String> known = new TreeSet<>();
        for (String line : Files.readAllLines(POLICY)) {
            if (line.startsWith("| `")) {
                Matcher word = Pattern.compile("^\\| `([a-z_]+)=").matcher(line);
                if (word.find()) {
                    known.add(word.group(1));
                }
            }
        }
        Set<String> told = new TreeSet<>(NO_FIELD);
        rows().forEach(row -> told.addAll(row.words()));
        assertThat(known).hasSizeGreaterThan(20).isEqualTo(told);
        assertThat(Files.readString(PAGE))
                .contains(NO_FIELD.stream().map(word -> "`" + word + "`").toList());
    }

    @Test
    void nobodyAsksForWhatIsHarmlessOrAlwaysRefused() throws IOException {
        assertThat(rows()).allSatisfy(row -> {
            if (Set.of("harmless", "refused").containsAll(row.classes())) {
                assertThat(row.words()).isEmpty();
            } else if (row.classes().contains("covered")) {
                assertThat(row.words()).isNotEmpty();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aFieldIsWhatTheTableSays(Row row) throws SyscallException {
        for (String word : row.classes()) {
            if (!ON_THE_RUNNING_KERNEL.contains(row.field() + " " + word)) {
                check(row, word);
            }
        }
    }

    private static void check(Row row, String word) throws SyscallException {
        List<Object> before;
        try (OwnLoad load = base()) {
            before = fingerprint(load.describe());
        }
        try (OwnLoad load = base()) {
            change(load, row, word.equals("refused") ? REFUSED.getOrDefault(row.field(), 1) : 1);
            switch (word) {
                case "covered", "shown" ->
                    assertThat(fingerprint(load.describe())).isNotEqualTo(before);
                case "refused" -> assertThat(isRefused(load)).isTrue();
                default -> assertThat(fingerprint(load.describe())).isEqualTo(before);
            }
        }
    }

    /** Records of two kinds, a signature and a log, so that what tells their sizes has something to tell. */
    private static OwnLoad base() {
        return new OwnLoad()
                .with(ProgLoadAttr.FUNC_INFO, new byte[512])
                .with(ProgLoadAttr.FUNC_INFO_CNT, 2)
                .with(ProgLoadAttr.FUNC_INFO_REC_SIZE, 8)
                .with(ProgLoadAttr.LINE_INFO, new byte[512])
                .with(ProgLoadAttr.LINE_INFO_CNT, 2)
                .with(ProgLoadAttr.LINE_INFO_REC_SIZE, 16)
                .with(ProgLoadAttr.SIGNATURE, new byte[] {1, 2, 3})
                .with(ProgLoadAttr.SIGNATURE_SIZE, 3);
    }

    /** A pointer points to other bytes; of everything else the first word is another one. */
    private static void change(OwnLoad load, Row row, int value) {
        switch (row.field()) {
            case "insns", "signature", "func_info", "line_info" -> load.with(row.offset(), filled());
            case "license" ->
                load.attr.putLong(row.offset(), load.scope.text("MIT").address());
            case "prog_type" -> load.with(row.offset(), 6);
            case "core_relos" ->
                load.with(row.offset(), filled())
                        .with(ProgLoadAttr.CORE_RELO_CNT, 1)
                        .with(ProgLoadAttr.CORE_RELO_REC_SIZE, 16);
            default -> load.with(row.offset(), value);
        }
    }

    private static byte[] filled() {
        byte[] bytes = new byte[512];
        Arrays.fill(bytes, (byte) 7);
        return bytes;
    }

    private static boolean isRefused(OwnLoad load) {
        try {
            return load.describe().attributes().evasion().isPresent();
        } catch (SyscallException e) {
            return true;
        }
    }

    /** All that a module can see of a load. */
    private static List<Object> fingerprint(ProgramLoad load) {
        return List.of(
                load.program().type(),
                load.program().name(),
                load.program().instructions().digest().orElseThrow(),
                load.signature().map(Arrays::toString),
                load.keyringId(),
                load.attachType(),
                load.attributes());
    }
}
