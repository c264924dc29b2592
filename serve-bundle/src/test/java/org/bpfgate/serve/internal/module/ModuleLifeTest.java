package org.bpfgate.serve.internal.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bpfgate.control.ControlException;
import org.bpfgate.control.ControlException.Kind;
import org.bpfgate.serve.internal.jar.TestJar;
import org.bpfgate.serve.internal.jar.TestSigners;
import org.bpfgate.serve.internal.store.StoreFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Modules come, change and go in a real framework, and a gate that starts again has what the last one had. */
class ModuleLifeTest {
    private static final String BUNDLE = "org.example.guard";

    @TempDir
    Path root;

    @Test
    void aModuleIsInstalledReplacedAndRolledBack() throws Exception {
        try (TestGate gate = TestGate.started(root)) {
            Map<String, ?> installed = gate.ask("lsm.install", "file", gate.signed("1.jar", guard("1.0.0")));
            assertThat(installed.get("modules")).isEqualTo(List.of("guard"));
            assertThat(generations(installed)).isEqualTo(1);
            assertThat(gate.stack()).containsExactly("guard 1.0.0");

            Map<String, ?> replaced =
                    gate.ask("lsm.replace", "name", "guard", "file", gate.signed("2.jar", guard("2.0.0")));
            assertThat(generations(replaced)).isEqualTo(1);
            assertThat(gate.stack()).containsExactly("guard 2.0.0");
            assertThat(gate.bundles()).containsExactly(BUNDLE + " 1.0.0", BUNDLE + " 2.0.0 active");

            gate.ask("lsm.rollback", "name", "guard");
            assertThat(gate.stack()).containsExactly("guard 1.0.0");
            gate.ask("lsm.rollback", "name", "guard");
            assertThat(gate.stack()).containsExactly("guard 2.0.0");

            gate.ask("lsm.replace", "name", BUNDLE, "file", gate.signed("3.jar", guard("3.0.0")));
            assertThat(gate.bundles()).containsExactly(BUNDLE + " 2.0.0", BUNDLE + " 3.0.0 active");
            assertThat(jars(gate)).hasSize(2);
            assertThat(gate.life.problems()).isEmpty();
        }
    }

    @Test
    void theListSaysWhatRunsAndTheHistoryWhoDidIt() throws Exception {
        try (TestGate gate = TestGate.started(root, TestGate.module("org.bpfgate.shipped", "1.0.0", "shipped"))) {
            gate.ask("lsm.install", "file", gate.signed("1.jar", guard("1.0.0")));
            gate.ask("lsm.stop", "name", "guard", "force", true);
            List<Map<String, Object>> rows = gate.items("lsm.list");
            assertThat(rows).hasSize(2);
            assertThat(rows.get(0))
                    .containsEntry("order", 1)
                    .containsEntry("name", "shipped")
                    .containsEntry("ranking", 10)
                    .containsEntry("signer", "distribution")
                    .containsEntry("required", true)
                    .containsEntry("state", "healthy");
            assertThat((String) rows.get(0).get("sha256")).hasSize(64);
            assertThat(rows.get(1))
                    .containsEntry("name", "guard")
                    .containsEntry("signer", "CN=Vendor")
                    .containsEntry("state", "stopped");
            assertThat(gate.items("lsm.history"))
                    .extracting(change -> change.get("what"), change -> change.get("uid"))
                    .contains(
                            tuple("install org.example.guard 1.0.0", 1000),
                            tuple("stop org.example.guard 1.0.0", 1000));
        }
    }

    @Test
    void aStoppedModuleStartsAgainAndARemovedOneIsGone() throws Exception {
        try (TestGate gate = TestGate.started(root)) {
            gate.ask("lsm.install", "file", gate.signed("1.jar", guard("1.0.0")));
            ControlException refusal =
                    catchThrowableOfType(ControlException.class, () -> gate.ask("lsm.stop", "name", "guard"));
            assertThat(refusal.kind()).isEqualTo(Kind.REFUSED);
            assertThat(refusal).hasMessageContaining("guard is required").hasMessageContaining("--force");
            gate.ask("lsm.stop", "name", "guard", "force", true);
            assertThat(gate.stack()).isEmpty();
            assertThat(gate.admin.missing()).containsExactly("guard");
            gate.ask("lsm.start", "name", "guard");
            assertThat(gate.stack()).containsExactly("guard 1.0.0");
            gate.ask("lsm.remove", "name", "guard", "force", true);
            assertThat(gate.stack()).isEmpty();
            assertThat(gate.bundles()).isEmpty();
            assertThat(jars(gate)).isEmpty();
        }
    }

    @Test
    void aGateThatStartsAgainHasWhatTheLastOneHad() throws Exception {
        TestJar[] distribution = {
            TestGate.module("org.bpfgate.a", "1.0.0", "a"), TestGate.module("org.bpfgate.b", "1.0.0", "b")
        };
        try (TestGate gate = TestGate.started(root, distribution)) {
            gate.ask("lsm.install", "file", gate.signed("1.jar", guard("1.0.0")));
            gate.ask("lsm.replace", "name", "guard", "file", gate.signed("2.jar", guard("2.0.0")));
            gate.ask(
                    "lsm.replace",
                    "name",
                    "a",
                    "file",
                    gate.signed("a.jar", TestGate.module("org.example.a", "5.0.0", "a")));
            gate.ask("lsm.stop", "name", "b", "force", true);
            assertThat(gate.stack()).containsExactlyInAnyOrder("a 5.0.0", "guard 2.0.0");
        }
        try (TestGate gate = TestGate.started(root, distribution)) {
            assertThat(gate.life.problems()).isEmpty();
            assertThat(gate.stack()).containsExactlyInAnyOrder("a 5.0.0", "guard 2.0.0");
            gate.ask("lsm.rollback", "name", "guard");
            gate.ask("lsm.rollback", "name", "a");
            gate.ask("lsm.start", "name", "b");
            assertThat(gate.stack()).containsExactlyInAnyOrder("a 1.0.0", "b 1.0.0", "guard 1.0.0");
        }
        try (TestGate gate = TestGate.started(root, distribution)) {
            assertThat(gate.life.problems()).isEmpty();
            assertThat(gate.stack()).containsExactlyInAnyOrder("a 1.0.0", "b 1.0.0", "guard 1.0.0");
        }
    }

    @Test
    void anOlderVersionThanOneThatRanIsRefusedAlsoLater() throws Exception {
        try (TestGate gate = TestGate.started(root)) {
            gate.ask("lsm.install", "file", gate.signed("2.jar", guard("2.0.0")));
            gate.ask("lsm.remove", "name", "guard", "force", true);
        }
        try (TestGate gate = TestGate.started(root)) {
            Path older = gate.signed("1.jar", guard("1.9.9"));
            ControlException refusal =
                    catchThrowableOfType(ControlException.class, () -> gate.ask("lsm.install", "file", older));
            assertThat(refusal.kind()).isEqualTo(Kind.REFUSED);
            assertThat(refusal).hasMessageContaining("2.0.0 ran before").hasMessageContaining("--allow-older");
            gate.ask("lsm.install", "file", older, "allowOlder", true);
            assertThat(gate.stack()).containsExactly("guard 1.9.9");
            assertThatExceptionOfType(ControlException.class)
                    .isThrownBy(() ->
                            gate.ask("lsm.replace", "name", "guard", "file", gate.signed("1a.jar", guard("1.9.10"))));
        }
    }

    @Test
    void aDamagedCopyIsNotStartedAndNothingStandsInForIt() throws Exception {
        TestJar shipped = TestGate.module("org.bpfgate.a", "1.0.0", "a");
        try (TestGate gate = TestGate.started(root, shipped)) {
            gate.ask("lsm.install", "file", gate.signed("1.jar", guard("1.0.0")));
            gate.ask(
                    "lsm.replace",
                    "name",
                    "a",
                    "file",
                    gate.signed("2.jar", TestGate.module("org.bpfgate.a", "2.0.0", "a")));
            for (Path jar : jars(gate)) {
                byte[] content = Files.readAllBytes(jar);
                content[content.length / 2] ^= 1;
                Files.write(jar, content);
            }
        }
        try (TestGate gate = TestGate.started(root, shipped)) {
            assertThat(gate.stack()).isEmpty();
            assertThat(gate.life.problems()).hasSize(2).allMatch(line -> line.contains("is damaged or missing"));
            gate.ask("lsm.remove", "name", "guard");
        }
    }

    @Test
    void aSignerThatIsTrustedNoMoreStartsNothing() throws Exception {
        try (TestGate gate = TestGate.started(root)) {
            gate.ask("lsm.install", "file", gate.signed("1.jar", guard("1.0.0")));
        }
        TestGate gate = new TestGate(root, new StoreFiles());
        try (gate) {
            Files.delete(root.resolve("etc/bpfgate/modules-trust.d/vendor.crt"));
            gate.life.start();
            assertThat(gate.stack()).isEmpty();
            assertThat(gate.life.problems()).singleElement().asString().contains("CN=Vendor, who may not sign");
        }
    }

    @Test
    void filesAreForTheirOwnerOnly() throws Exception {
        try (TestGate gate = TestGate.started(root)) {
            gate.ask("lsm.install", "file", gate.signed("1.jar", guard("1.0.0")));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(gate.store())))
                    .isEqualTo("rwx------");
            try (Stream<Path> files = Files.list(gate.store())) {
                assertThat(files)
                        .hasSize(2)
                        .allSatisfy(
                                file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                                        .isEqualTo("rw-------"));
            }
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(root.resolve("var/lib/bpfgate/history.jsonl"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void whatIsAskedForWrongIsAnErrorOfItsKind() throws Exception {
        try (TestGate gate = TestGate.started(root, TestGate.module("org.bpfgate.a", "1.0.0", "a"))) {
            Path unsigned = Files.write(root.resolve("u.jar"), guard("1.0.0").bytes());
            Path text = Files.writeString(root.resolve("t.jar"), "no jar");
            assertFails(gate, Kind.REFUSED, "is not signed", "lsm.install", "file", unsigned);
            assertFails(gate, Kind.BAD_INPUT, "is no jar file", "lsm.install", "file", text);
            assertFails(gate, Kind.BAD_INPUT, "there is no such file", "lsm.install", "file", root.resolve("x.jar"));
            assertFails(gate, Kind.BAD_INPUT, "is no regular file", "lsm.install", "file", root);
            assertFails(gate, Kind.USAGE, "an absolute path", "lsm.install", "file", "1.jar");
            assertFails(gate, Kind.USAGE, "there is no module guard; there are a", "lsm.stop", "name", "guard");
            assertFails(gate, Kind.FAILED, "never replaced", "lsm.rollback", "name", "a");
            assertFails(gate, Kind.FAILED, "runs already", "lsm.start", "name", "a");
            assertFails(gate, Kind.REFUSED, "belongs to the installation", "lsm.remove", "name", "a");
            assertFails(gate, Kind.USAGE, "knows no argument x", "lsm.list", "x", "y");
            assertFails(gate, Kind.USAGE, "there is no module b", "lsm.order", "names", List.of("b"));
            Path taken = gate.signed("taken.jar", TestGate.module("org.example.other", "1.0.0", "a"));
            assertFails(gate, Kind.REFUSED, "is left out of the stack", "lsm.install", "file", taken);
            Path core = gate.signed("core.jar", TestGate.module("org.bpfgate.framework", "9.0.0", "z"));
            assertFails(gate, Kind.REFUSED, "a part of the gate", "lsm.install", "file", core);
            assertThat(gate.stack()).containsExactly("a 1.0.0");
            assertThat(jars(gate)).isEmpty();
            assertThat(gate.bundles()).containsExactly("org.bpfgate.a 1.0.0 active");
        }
    }

    private static void assertFails(TestGate gate, Kind kind, String message, String verb, Object... arguments) {
        ControlException fault = catchThrowableOfType(ControlException.class, () -> gate.ask(verb, arguments));
        assertThat(fault).as(verb).isNotNull();
        assertThat(fault.getMessage()).contains(message).doesNotContain("\n");
        assertThat(fault.kind()).as(message).isEqualTo(kind);
    }

    @Test
    void anUnsignedModuleIsTakenWhereThatIsAllowedAndThatIsAProblem() throws Exception {
        try (TestGate gate = TestGate.started(root)) {
            gate.life.allowUnsigned(true);
            gate.ask(
                    "lsm.install",
                    "file",
                    Files.write(root.resolve("u.jar"), guard("1.0.0").bytes()));
            assertThat(gate.items("lsm.list"))
                    .singleElement()
                    .extracting("signer")
                    .isEqualTo("unsigned");
            assertThat(gate.life.problems()).singleElement().asString().contains("modules.unsigned=allow");
            gate.life.allowUnsigned(false);
            assertThat(gate.life.problems()).isEmpty();
        }
        try (TestGate gate = TestGate.started(root)) {
            assertThat(gate.stack()).isEmpty();
            assertThat(gate.life.problems()).singleElement().asString().contains("is not signed");
            gate.life.allowUnsigned(true);
            await().until(() -> gate.stack().equals(List.of("guard 1.0.0")));
        }
    }

    @Test
    void whatIsNotOfTheStoreIsStoppedBeforeItRuns() throws Exception {
        try (TestGate gate = TestGate.started(root)) {
            Bundle foreign = gate.context.installBundle(
                    "foreign", new ByteArrayInputStream(guard("1.0.0").bytes()));
            try {
                foreign.start();
            } catch (BundleException e) {
                // The framework may tell that it was stopped meanwhile.
            }
            assertThat(foreign.getState()).isNotEqualTo(Bundle.ACTIVE);
            assertThat(gate.hooks.stack().generation()).isZero();
            assertThat(gate.life.problems()).singleElement().asString().contains("neither of the distribution nor");
            Bundle fragment = gate.context.installBundle(
                    "fragment",
                    new ByteArrayInputStream(TestJar.bundle("org.example.fragment", "1.0.0")
                            .header("Fragment-Host", "org.example.guard")
                            .bytes()));
            assertThat(fragment.getState()).isEqualTo(Bundle.UNINSTALLED);
        }
    }

    @Test
    void aFileOfModulesDIsFollowed() throws Exception {
        Path directory = Files.createDirectories(root.resolve("etc/bpfgate/modules.d"));
        Files.write(
                directory.resolve("guard.jar"), TestSigners.sign(guard("1.0.0").bytes(), "vendor"));
        try (TestGate gate = TestGate.started(root)) {
            assertThat(gate.stack()).containsExactly("guard 1.0.0");
            Files.write(
                    directory.resolve("guard.jar"),
                    TestSigners.sign(guard("2.0.0").bytes(), "vendor"));
            lookTwice(gate);
            assertThat(gate.stack()).containsExactly("guard 2.0.0");
            Files.writeString(directory.resolve("guard.jar"), "being edited");
            lookTwice(gate);
            assertThat(gate.stack()).containsExactly("guard 2.0.0");
            assertThat(gate.life.problems()).anyMatch(line -> line.contains("guard.jar is no jar file"));
            ControlException refusal = catchThrowableOfType(
                    ControlException.class, () -> gate.ask("lsm.remove", "name", "guard", "force", true));
            assertThat(refusal).hasMessageContaining("delete that file");
            Files.delete(directory.resolve("guard.jar"));
            lookTwice(gate);
            assertThat(gate.life.problems()).anyMatch(line -> line.contains("guard is required"));
            assertThat(gate.stack()).containsExactly("guard 2.0.0");
        }
    }

    private static void lookTwice(TestGate gate) {
        gate.life.lookNow();
        gate.life.lookNow();
    }

    /** Returns how many generations a change made. */
    private static long generations(Map<String, ?> result) {
        return result.get("before") instanceof Long before && result.get("after") instanceof Long after
                ? after - before
                : -1;
    }

    private static TestJar guard(String version) {
        return TestGate.module(BUNDLE, version, "guard");
    }

    private static List<Path> jars(TestGate gate) throws Exception {
        try (Stream<Path> files = Files.list(gate.store())) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }
}
