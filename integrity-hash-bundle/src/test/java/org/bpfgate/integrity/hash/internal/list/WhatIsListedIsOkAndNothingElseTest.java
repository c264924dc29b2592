package org.bpfgate.integrity.hash.internal.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.bpfgate.allowlist.ListInputs;
import org.bpfgate.allowlist.ListedAttach;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.hash.internal.compile.AllowlistCompilerService;
import org.bpfgate.integrity.hash.internal.file.AllowlistLoader;
import org.bpfgate.program.AttachTarget;
import org.bpfgate.program.LoadAttributes;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.program.TypeRecords;
import org.jspecify.annotations.Nullable;

/** A text list, the same list compiled, and a model that looks through all entries one by one say the same of every load. */
class WhatIsListedIsOkAndNothingElseTest {
    private static final ProgramType[] TYPES = {
        ProgramType.XDP, ProgramType.SCHED_CLS, ProgramType.TRACING, ProgramType.UNSPEC
    };
    private static final int[] ATTACH = {0, 24, 25, 37};
    private static final String[] TARGETS = {"do_unlinkat", "do_rmdir"};

    /** Two of 15 bytes and more that a kernel cuts to the same. */
    private static final String[] NAMES = {"a", "b", "filter_ingress_", "filter_ingress_v4", "filter_ingress_v6"};

    private static final int DIGESTS = 6;

    /** An entry of the model; null counts for everything. */
    private record Entry(
            int digest,
            String name,
            @Nullable ProgramType type,
            @Nullable Integer attach,
            @Nullable String target) {
        static Entry random(Random random) {
            ProgramType type = random.nextInt(4) == 0 ? null : TYPES[random.nextInt(3)];
            Integer attach = type == null || random.nextBoolean() ? null : ATTACH[random.nextInt(ATTACH.length)];
            String target = attach == null || random.nextBoolean() ? null : TARGETS[random.nextInt(TARGETS.length)];
            return new Entry(random.nextInt(DIGESTS), NAMES[random.nextInt(NAMES.length)], type, attach, target);
        }

        String line() {
            String line = Lists.hex(Lists.returning(digest)) + "  " + name;
            if (type != null) {
                line += " # type=" + type.label();
                if (attach != null) {
                    line += " attach=" + new ListedAttach(attach, Optional.ofNullable(target)).text(type);
                }
            }
            return line;
        }

        boolean counts(Load load) {
            return digest == load.digest
                    && (type == null || type == load.type)
                    && (attach == null || attach == load.attach)
                    && (target == null || target.equals(load.target));
        }

        boolean isNamesake(Load load) {
            return type != null && type == load.type && fits(name, load.name);
        }

        private static boolean fits(String one, String other) {
            String shorter = one.length() < other.length() ? one : other;
            String longer = shorter.equals(one) ? other : one;
            return one.equals(other) || (shorter.length() == 15 && longer.startsWith(shorter));
        }
    }

    private record Load(
            int digest,
            String name,
            ProgramType type,
            int attach,
            @Nullable String target) {
        static Load random(Random random) {
            return new Load(
                    random.nextInt(DIGESTS),
                    NAMES[random.nextInt(NAMES.length)],
                    TYPES[random.nextInt(TYPES.length)],
                    ATTACH[random.nextInt(ATTACH.length)],
                    random.nextInt(3) == 0 ? null : TARGETS[random.nextInt(TARGETS.length)]);
        }

        ProgramLoad load() {
            AttachTarget to = new AttachTarget(1, Optional.empty(), Optional.ofNullable(target));
            return Lists.load(name, type, Lists.returning(digest))
                    .withAttachType(attach)
                    .withAttributes(new LoadAttributes("", 0, 0, 0, 0, 0, to, TypeRecords.NONE));
        }

        IntegrityVerdict expected(List<Entry> entries) {
            if (entries.stream().anyMatch(entry -> entry.counts(this))) {
                return IntegrityVerdict.OK;
            }
            return entries.stream().anyMatch(entry -> entry.isNamesake(this))
                    ? IntegrityVerdict.UNEXPECTED
                    : IntegrityVerdict.UNSIGNED;
        }
    }

    @Property(tries = 200)
    void holdsForEveryListAndLoad(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        List<Entry> entries = new ArrayList<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            entries.add(Entry.random(random));
        }
        String text = String.join("\n", entries.stream().map(Entry::line).toList());
        AllowlistSet plain = Lists.list(text);
        AllowlistSet compiled = new AllowlistSet(List.of(compiled(text)), List.of());
        for (int i = 0; i < 60; i++) {
            Load load = Load.random(random);
            IntegrityReport fromText = AllowlistEvaluation.of(load.load(), plain, Instant.EPOCH);
            IntegrityReport fromIndex = AllowlistEvaluation.of(load.load(), compiled, Instant.EPOCH);
            assertThat(fromText.verdict()).as("%s in %s", load, text).isEqualTo(load.expected(entries));
            assertThat(fromIndex.verdict()).as("%s in %s", load, text).isEqualTo(fromText.verdict());
            assertThat(fromIndex.code()).as("%s in %s", load, text).isEqualTo(fromText.code());
        }
    }

    private static DigestList compiled(String text) throws Exception {
        Path directory = Files.createTempDirectory("bpfgate-lists");
        Path list = directory.resolve("list");
        Path index = directory.resolve("index");
        try {
            Files.writeString(list, text);
            AllowlistLoader loader = new AllowlistLoader(() -> null);
            new AllowlistCompilerService(loader).compile(ListInputs.of(list), index, Lists.UNHEARD, warning -> {});
            return loader.load(index, false, false);
        } finally {
            delete(list);
            delete(index);
            delete(directory);
        }
    }

    /** What is mapped stays readable. */
    private static void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }
}
