package org.bpfgate.serve.internal.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.bpfgate.control.ControlException;
import org.bpfgate.serve.internal.jar.TestJar;
import org.bpfgate.serve.internal.store.IndexFile;
import org.bpfgate.serve.internal.store.StoreFiles;
import org.bpfgate.serve.testmodule.TestActivator;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.testkit.LoadBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each step of each change fails once, by a full disk or by what a module does: what ran before runs on, the index says so, and every load
 * meanwhile is denied by the policy that is there before and after.
 */
class EveryFaultLeavesTheOldModuleInChargeTest {
    private static final String BUNDLE = "org.example.guard";

    @TempDir
    Path root;

    /** Asks for one change. */
    private interface Change {
        void make(TestGate gate) throws Exception;
    }

    @ParameterizedTest
    @ValueSource(strings = {"install", "replace", "rollback", "stop", "start", "remove"})
    void aFullDiskAtAnyStep(String verb) throws Exception {
        int steps = steps(verb);
        assertThat(steps).isGreaterThanOrEqualTo(5);
        List<String> failed = new ArrayList<>();
        Set<String> harmless = new TreeSet<>();
        for (int step = 1; step <= steps; step++) {
            FailingFiles files = new FailingFiles();
            Path directory = root.resolve(verb + step);
            try (TestGate gate = prepared(directory, files, verb)) {
                List<String> before = gate.stack();
                List<String> bundles = gate.bundles();
                files.fail(step);
                ControlException fault = catchThrowableOfType(
                        ControlException.class, () -> change(verb).make(gate));
                String what = verb + ", step " + step + ": " + files.failed();
                files.fail(0);
                if (fault == null) {
                    harmless.add(files.failed());
                } else {
                    failed.add(what);
                    assertThat(fault).as(what).hasMessageContaining("No space left on device");
                    assertThat(gate.stack()).as(what).isEqualTo(before);
                    assertThat(gate.bundles()).as(what).isEqualTo(bundles);
                    assertThat(gate.admin.missing()).as(what).isEqualTo(missing(verb));
                    assertIndexAgrees(gate, what);
                    change(verb).make(gate);
                }
                assertIndexAgrees(gate, what);
            }
        }
        assertThat(failed).as("of " + steps + " steps").hasSizeGreaterThanOrEqualTo(5);
        // A file that cannot be deleted is deleted later; a name whose way to the disk is unknown holds.
        assertThat(harmless).isSubsetOf("delete", "syncDirectory", "");
    }

    private int steps(String verb) throws Exception {
        FailingFiles files = new FailingFiles();
        try (TestGate gate = prepared(root.resolve("count"), files, verb)) {
            files.fail(0);
            change(verb).make(gate);
            return files.steps();
        }
    }

    private static List<String> missing(String verb) {
        return verb.equals("start") ? List.of("guard") : List.of();
    }

    private static TestGate prepared(Path directory, FailingFiles files, String verb) throws Exception {
        Files.createDirectories(directory);
        TestGate gate = new TestGate(directory, files);
        gate.life.start();
        if (!verb.equals("install")) {
            gate.ask("lsm.install", "file", gate.signed("1.jar", guard("1.0.0")));
        }
        if (verb.equals("rollback")) {
            gate.ask("lsm.replace", "name", "guard", "file", gate.signed("2.jar", guard("2.0.0")));
        }
        if (verb.equals("start")) {
            gate.ask("lsm.stop", "name", "guard", "force", true);
        }
        return gate;
    }

    private static Change change(String verb) {
        return switch (verb) {
            case "install" -> gate -> gate.ask("lsm.install", "file", gate.signed("1.jar", guard("1.0.0")));
            case "replace" ->
                gate -> gate.ask("lsm.replace", "name", "guard", "file", gate.signed("2.jar", guard("2.0.0")));
            case "stop", "remove" -> gate -> gate.ask("lsm." + verb, "name", "guard", "force", true);
            default -> gate -> gate.ask("lsm." + verb, "name", "guard");
        };
    }

    /** A gate that starts now would have what this one has. */
    private static void assertIndexAgrees(TestGate gate, String what) throws Exception {
        List<String> index = new IndexFile(gate.store(), new StoreFiles())
                .read().sorted().stream()
                        .filter(slot -> slot.started())
                        .map(slot ->
                                slot.modules().getFirst() + " " + slot.current().version())
                        .toList();
        assertThat(index).as(what).isEqualTo(gate.stack());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "start throws",
                "start throws an error",
                "registers and throws",
                "constructor throws",
                "registers nothing",
                "registers another name",
                "cannot be resolved",
                "start hangs"
            })
    void aModuleThatFailsToTakeOver(String fault) throws Exception {
        try (TestGate gate = TestGate.started(root)) {
            gate.ask("lsm.install", "file", gate.signed("1.jar", guard("1.0.0")));
            long before = gate.hooks.stack().generation();
            TestJar bad = guard("2.0.0").header(TestActivator.FAULT, fault);
            if (fault.equals("registers another name")) {
                bad.header(TestActivator.MODULES, "another");
            } else if (fault.equals("cannot be resolved")) {
                bad.header("Import-Package", "org.example.missing");
            }
            Path file = gate.signed("2.jar", bad);
            ControlException refusal = catchThrowableOfType(
                    ControlException.class,
                    () -> underLoad(gate, () -> gate.ask("lsm.replace", "name", "guard", "file", file)));
            assertThat(refusal).as(fault).isNotNull();
            assertThat(refusal.kind()).isEqualTo(ControlException.Kind.FAILED);
            assertThat(refusal.getMessage()).doesNotContain("\n");
            assertThat(gate.stack()).containsExactly("guard 1.0.0");
            assertThat(gate.hooks.stack().generation()).isEqualTo(before);
            assertIndexAgrees(gate, fault);
            underLoad(
                    gate, () -> gate.ask("lsm.replace", "name", "guard", "file", gate.signed("3.jar", guard("3.0.0"))));
            assertThat(gate.stack()).containsExactly("guard 3.0.0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"start throws", "registers and throws", "constructor throws", "cannot be resolved"})
    void aModuleThatFailsToJoinIsNotThere(String fault) throws Exception {
        try (TestGate gate = TestGate.started(root)) {
            TestJar bad = guard("1.0.0").header(TestActivator.FAULT, fault);
            if (fault.equals("cannot be resolved")) {
                bad.header("Import-Package", "org.example.missing");
            }
            Path file = gate.signed("1.jar", bad);
            assertThat(catchThrowableOfType(ControlException.class, () -> gate.ask("lsm.install", "file", file)))
                    .as(fault)
                    .isNotNull();
            assertThat(gate.hooks.stack().generation()).isZero();
            assertThat(gate.bundles()).isEmpty();
            assertIndexAgrees(gate, fault);
        }
    }

    /** It has taken over by then. */
    @Test
    void anOldModuleThatFailsToStopIsGoneAllTheSame() throws Exception {
        try (TestGate gate = TestGate.started(root)) {
            gate.ask(
                    "lsm.install",
                    "file",
                    gate.signed("1.jar", guard("1.0.0").header(TestActivator.FAULT, "stop throws")));
            underLoad(
                    gate, () -> gate.ask("lsm.replace", "name", "guard", "file", gate.signed("2.jar", guard("2.0.0"))));
            assertThat(gate.stack()).containsExactly("guard 2.0.0");
            assertIndexAgrees(gate, "stop throws");
            gate.ask("lsm.rollback", "name", "guard");
            gate.ask("lsm.stop", "name", "guard", "force", true);
            assertThat(gate.stack()).isEmpty();
        }
    }

    /** Nothing would ever come of it. */
    @Test
    void aBundleThatBringsNoModuleAndWaitsForNothingIsRefused() throws Exception {
        try (TestGate gate = TestGate.started(root)) {
            Path file = gate.signed("1.jar", guard("1.0.0").header(TestActivator.FAULT, "registers nothing"));
            ControlException refusal =
                    catchThrowableOfType(ControlException.class, () -> gate.ask("lsm.install", "file", file));
            assertThat(refusal.kind()).isEqualTo(ControlException.Kind.REFUSED);
            assertThat(refusal).hasMessageContaining("brings no module");
            assertThat(gate.bundles()).isEmpty();
            assertThat(gate.items("lsm.list")).isEmpty();
        }
    }

    /** A bundle that waits for its settings is installed, and the operator is told. */
    @Test
    void aModuleThatWaitsIsInstalled() throws Exception {
        try (TestGate gate = TestGate.started(root)) {
            Path file = gate.signed(
                    "1.jar",
                    guard("1.0.0")
                            .header(TestActivator.FAULT, "registers nothing")
                            .header("Service-Component", "OSGI-INF/guard.xml"));
            assertThat(gate.ask("lsm.install", "file", file).get("waits")).isEqualTo("waits for its settings");
            assertThat(gate.items("lsm.list"))
                    .singleElement()
                    .satisfies(
                            row -> assertThat(row).containsEntry("name", BUNDLE).containsEntry("state", "waiting"));
        }
    }

    /** Makes a change while another thread decides on loads, each of which the policy has to deny. */
    private static void underLoad(TestGate gate, Step step) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger loads = new AtomicInteger();
        List<String> wrong = new ArrayList<>();
        Thread client = Thread.ofPlatform().start(() -> {
            while (!over.get()) {
                LoadDecision decision = gate.hooks.bpfProgLoad(
                        LoadBuilder.load().instructions(4).build());
                loads.incrementAndGet();
                if (decision.isAllow()
                        || !"denied by guard".equals(decision.result().reason())) {
                    wrong.add(decision.why());
                }
            }
        });
        try {
            step.run();
        } finally {
            over.set(true);
            client.join();
        }
        assertThat(wrong).isEmpty();
        assertThat(loads).hasPositiveValue();
    }

    private interface Step {
        void run() throws Exception;
    }

    private static TestJar guard(String version) {
        return TestGate.module(BUNDLE, version, "guard");
    }
}
