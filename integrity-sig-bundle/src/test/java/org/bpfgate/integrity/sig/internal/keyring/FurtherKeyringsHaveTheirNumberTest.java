package org.bpfgate.integrity.sig.internal.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.bpfgate.integrity.sig.Identity;
import org.bpfgate.integrity.sig.Openssl;
import org.bpfgate.integrity.sig.internal.file.InputFileException;
import org.bpfgate.program.KeyringId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FurtherKeyringsHaveTheirNumberTest {
    @TempDir
    static Path keys;

    static Identity signer;

    @TempDir
    Path trusted;

    @BeforeAll
    static void prepare() {
        signer = new Openssl(keys).selfSigned("signer", "P-256");
    }

    private void put(String directory) throws Exception {
        Files.createDirectory(trusted.resolve(directory));
        Files.copy(signer.certificateFile(), trusted.resolve(directory).resolve("signer.pem"));
    }

    private Keyrings read() throws InputFileException {
        return KeyringsReader.read(List.of(trusted));
    }

    @ParameterizedTest
    @CsvSource({"agents=1001, 1001", "session=-3, -3", "a=b=7, 7", "largest=2147483647, 2147483647"})
    void aLoadAsksByTheNumber(String directory, int id) throws Exception {
        put(directory);
        Keyrings keyrings = read();
        Keyring found = Objects.requireNonNull(keyrings.find(id));
        assertThat(found.find(signer.certificate().id())).isNotNull();
        assertThat(keyrings.namesInUse()).containsExactly(directory);
        assertThat(keyrings.find(4711)).isNull();
        assertThat(Objects.requireNonNull(keyrings.find(KeyringId.USER)).isEmpty())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "agents=0,           belongs to another keyring",
        "agents=2,           belongs to another keyring",
        "agents=-4,          belongs to another keyring",
        "agents=many,        is not a 32-bit number",
        "agents=,            is not a 32-bit number",
        "agents=2147483648,  is not a 32-bit number",
        "=1001,              needs a name",
        "builtin=1001,       needs a name of its own",
        "USER=1001,          needs a name of its own",
    })
    void otherNamesAreRefused(String directory, String reason) throws Exception {
        put(directory);
        assertThatThrownBy(this::read)
                .isInstanceOf(InputFileException.class)
                .hasMessageStartingWith(trusted.resolve(directory) + ": ")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({"agents=1001, others=1001", "agents=1001, agents=1002"})
    void nameAndNumberAreUnique(String one, String other) throws Exception {
        put(one);
        put(other);
        assertThatThrownBy(this::read).hasMessageContaining("there is also a keyring");
    }

    @Test
    void oneKeyringMayBeSpreadOverPaths(@TempDir Path more) throws Exception {
        put("agents=1001");
        Identity second = new Openssl(keys).selfSigned("second", "P-256");
        Files.createDirectory(more.resolve("agents=1001"));
        Files.copy(second.certificateFile(), more.resolve("agents=1001/second.pem"));
        Keyring agents = Objects.requireNonNull(
                KeyringsReader.read(List.of(trusted, more)).find(1001));
        assertThat(agents.find(signer.certificate().id())).isNotNull();
        assertThat(agents.find(second.certificate().id())).isNotNull();
    }

    @Test
    void otherDirectoriesAreLeftAlone() throws Exception {
        put("notes");
        assertThat(read().namesInUse()).isEmpty();
    }
}
