package org.bpfgate.policy.ipe.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bpfgate.policy.ipe.internal.store.Machine.assertFails;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.bpfgate.hook.Errno;
import org.bpfgate.policy.LoadedPolicy.Origin;
import org.bpfgate.policy.PolicyException;
import org.bpfgate.policy.ipe.internal.event.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ADamagedStateIsNeverTakenForAGoodOneTest {
    @TempDir
    Path directory;

    private Machine machine;
    private Path index;

    @BeforeEach
    void fill() throws PolicyException {
        machine = new Machine(directory).allowUnsigned();
        index = directory.resolve("index");
        machine.store().load(Policies.signed("X", "1.0.0"));
        machine.store().load(Policies.text("Y", "2.0.0"));
        machine.store().activate("X");
    }

    @Test
    void everyTruncationOfTheIndexIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(index);
        for (int length = 0; length < whole.length; length++) {
            Files.write(index, Arrays.copyOf(whole, length));
            assertFails(Errno.EBADMSG, () -> machine.store().list());
        }
    }

    @Test
    void everyChangedByteOfTheIndexIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(index);
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            Files.write(index, changed);
            assertFails(Errno.EBADMSG, () -> machine.restart());
        }
    }

    @Test
    void aChangedOrMissingPolicyIsRefused() throws IOException, PolicyException {
        Path content = directory.resolve("policies").resolve(Sha256.of(Policies.signed("X", "1.0.0")));
        Files.write(content, Policies.signed("X", "1.0.1"));
        assertFails(Errno.EBADMSG, () -> machine.restart());
        Files.delete(content);
        assertFails(Errno.EBADMSG, () -> machine.restart());
        assertThat(machine.loaded()).containsExactly("X 1.0.0 *", "Y 2.0.0");
    }

    @Test
    void anIndexThatCallsAPolicySomethingElseIsRefused() throws Exception {
        Index lie = Index.EMPTY
                .with(new Entry(
                        "X",
                        Objects.requireNonNull(Versions.parse("9.0.0")),
                        Origin.SIGNED,
                        Sha256.of(Policies.signed("X", "1.0.0")),
                        FakeSignatures.SIGNER))
                .withActive(new Active("X", Objects.requireNonNull(Versions.parse("9.0.0"))));
        Files.write(index, IndexText.print(lie));

        assertFails(Errno.EBADMSG, () -> machine.restart());
    }

    @Test
    void nothingIsLeftBehindButWhatCounts() throws IOException, PolicyException {
        Files.write(directory.resolve("policies/" + "0".repeat(64) + ".draft"), new byte[3]);
        machine.store().update("Y", Policies.text("Y", "2.0.1"));
        machine.store().delete("Y");

        try (var files = Files.list(directory.resolve("policies"))) {
            assertThat(files.map(file -> file.getFileName().toString()).toList())
                    .isEqualTo(List.of(Sha256.of(Policies.signed("X", "1.0.0"))));
        }
    }

    @Test
    void aFaultOfTheDirectoryNamesItOnce() throws IOException, PolicyException {
        Path file = Files.writeString(directory.resolve("file"), "");
        Machine onFile = new Machine(file).allowUnsigned();
        assertThatThrownBy(() -> onFile.store().list()).hasMessage(file + ": is not a directory");
        assertThatThrownBy(() -> onFile.store().load(Policies.text("Z", "1.0.0")))
                .hasMessage(file + ": is not a directory");
        Machine below = new Machine(file.resolve("state")).allowUnsigned();
        assertThatThrownBy(() -> below.store().load(Policies.text("Z", "1.0.0")))
                .hasMessage(file + ": is there already and is not a directory");
        Path proc = Path.of("/proc/self/state");
        Machine nowhere = new Machine(proc).allowUnsigned();
        assertThatThrownBy(() -> nowhere.store().load(Policies.text("Z", "1.0.0")))
                .hasMessage(proc + ": no such file or directory");
    }

    @Test
    void whoIsNotAllowedIsToldSo() throws IOException {
        assumeFalse("root".equals(System.getProperty("user.name")), "root may write everywhere");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));

        assertFails(Errno.EPERM, () -> machine.store().delete("Y"));
    }
}
