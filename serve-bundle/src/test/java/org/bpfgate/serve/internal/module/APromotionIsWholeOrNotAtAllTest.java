package org.bpfgate.serve.internal.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bpfgate.control.ControlException;
import org.bpfgate.serve.internal.store.PromotionJournal;
import org.bpfgate.serve.internal.store.StoreFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A promotion of a bundle and an order together: each step fails once, or is the last one before a crash. Nothing is half done. */
class APromotionIsWholeOrNotAtAllTest {
    private static final List<String> OLD = List.of("first 1.0.0", "second 1.0.0");
    private static final List<String> NEW = List.of("second 2.0.0", "first 1.0.0");

    @TempDir
    Path root;

    private static TestGate prepared(Path directory, StoreFiles files) throws Exception {
        Files.createDirectories(directory);
        TestGate gate = new TestGate(directory, files, TestGate.module("shipped", "1.0.0", "first"));
        gate.life.start();
        gate.ask("lsm.install", "file", gate.signed("1.jar", TestGate.module("vendor", "1.0.0", "second")));
        return gate;
    }

    private static void start(TestGate gate) throws Exception {
        gate.ask(
                "candidate.start",
                "replace",
                List.of("second=" + gate.signed("2.jar", TestGate.module("vendor", "2.0.0", "second"))),
                "order",
                List.of("second"));
    }

    private static void promote(TestGate gate) throws ControlException {
        gate.ask("candidate.promote", "acceptUntried", true);
    }

    @Test
    void aFullDiskAtAnyStepChangesNothing() throws Exception {
        int steps;
        FailingFiles counted = new FailingFiles();
        try (TestGate gate = prepared(root.resolve("count"), counted)) {
            start(gate);
            counted.fail(0);
            promote(gate);
            steps = counted.steps();
            assertThat(gate.stack()).isEqualTo(NEW);
        }
        assertThat(steps).isGreaterThan(10);
        Set<String> failed = new TreeSet<>();
        Set<String> harmless = new TreeSet<>();
        for (int step = 1; step <= steps; step++) {
            FailingFiles files = new FailingFiles();
            try (TestGate gate = prepared(root.resolve("step" + step), files)) {
                start(gate);
                List<String> bundles = List.of("shipped 1.0.0 active", "vendor 1.0.0 active");
                files.fail(step);
                ControlException fault = catchThrowableOfType(ControlException.class, () -> promote(gate));
                String what = "step " + step + ": " + files.failed();
                (fault == null ? harmless : failed).add(files.failed());
                files.fail(0);
                if (fault == null) {
                    assertThat(gate.stack()).as(what).isEqualTo(NEW);
                } else {
                    assertThat(fault).as(what).hasMessageContaining("nothing has changed");
                    assertThat(gate.stack()).as(what).isEqualTo(OLD);
                    boolean goesOn =
                            Boolean.TRUE.equals(gate.ask("candidate.show").get("running"));
                    assertThat(gate.bundles().subList(0, 2)).as(what).isEqualTo(bundles);
                    assertThat(gate.bundles()).as(what).hasSize(goesOn ? 3 : 2);
                    assertThat(gate.settings).as(what).isEmpty();
                    assertThat(gate.admin.missing()).as(what).isEmpty();
                    if (!goesOn) {
                        start(gate);
                    }
                    promote(gate);
                    assertThat(gate.stack()).as(what).isEqualTo(NEW);
                }
                gate.life.look();
                assertThat(gate.life.problems()).as(what).isEmpty();
                assertThat(root.resolve("step" + step + "/var/lib/bpfgate/promotion"))
                        .as(what)
                        .doesNotExist();
            }
        }
        assertThat(failed).contains("create", "write", "sync", "rename", "settings");
        // The promotion holds by then; its journal is deleted later.
        assertThat(harmless).isSubsetOf("delete", "syncDirectory", "rename", "");
    }

    /** Copies what a gate leaves on the disk, before each step. */
    private static final class Crashes extends StoreFiles implements TestGate.StepOfSettings {
        private final Path gate;
        private final Path copies;
        private int count = -1;

        Crashes(Path gate, Path copies) {
            this.gate = gate;
            this.copies = copies;
        }

        void begin() {
            count = 0;
        }

        private void step() {
            if (count < 0) {
                return;
            }
            Path copy = copies.resolve(Integer.toString(count++));
            for (String part : new String[] {"etc", "var"}) {
                try (Stream<Path> all = Files.walk(gate.resolve(part))) {
                    for (Path file : all.toList()) {
                        Path to = copy.resolve(gate.relativize(file).toString());
                        Files.createDirectories(to.getParent());
                        Files.copy(file, to);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        @Override
        public void settings(String pid) {
            step();
        }

        @Override
        public FileChannel create(Path file) throws IOException {
            step();
            return super.create(file);
        }

        @Override
        public void write(FileChannel file, ByteBuffer content) throws IOException {
            step();
            super.write(file, content);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            step();
            super.rename(from, to);
            step();
        }

        @Override
        public void delete(Path file) throws IOException {
            step();
            super.delete(file);
        }
    }

    @Test
    void aCrashAtAnyStepLeavesAllOldOrAllNew() throws Exception {
        Path copies = Files.createDirectory(root.resolve("copies"));
        Crashes crashes = new Crashes(root.resolve("gate"), copies);
        try (TestGate gate = prepared(root.resolve("gate"), crashes)) {
            start(gate);
            crashes.begin();
            promote(gate);
            crashes.step();
        }
        List<String> outcomes = new ArrayList<>();
        for (int i = 0; i < crashes.count; i++) {
            Path copy = copies.resolve(Integer.toString(i));
            new PromotionJournal(copy.resolve("etc/bpfgate/conf.d"), copy.resolve("var/lib/bpfgate"), new StoreFiles())
                    .recover();
            try (TestGate gate = TestGate.started(copy, TestGate.module("shipped", "1.0.0", "first"))) {
                boolean hasOrder = Files.exists(copy.resolve("etc/bpfgate/conf.d/" + StackOrder.PID + ".cfg"));
                outcomes.add(
                        (hasOrder ? "order, " : "no order, ") + gate.stack().getLast());
                assertThat(gate.life.problems()).as("crash " + i).isEmpty();
                assertThat(copy.resolve("var/lib/bpfgate/promotion")).doesNotExist();
            }
        }
        String before = "no order, second 1.0.0";
        String after = "order, second 2.0.0";
        int change = outcomes.indexOf(after);
        assertThat(change).isGreaterThan(5);
        assertThat(outcomes.subList(0, change)).containsOnly(before);
        assertThat(outcomes.subList(change, outcomes.size())).containsOnly(after);
    }
}
