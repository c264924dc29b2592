package org.bpfgate.signing.internal.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ACommandSignsOrFailsInALineTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private static byte[] run(String command, Duration limit, byte[] input) throws SigningException {
        return new SigningCommand(new SigningKey.ByCommand(command, limit)).sign(input);
    }

    @Test
    void itGetsTheDataAndGivesTheSignature() throws SigningException {
        byte[] data = "to be signed".getBytes(StandardCharsets.UTF_8);
        assertThat(run("tr a-z A-Z", LONG, data))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("TO BE SIGNED");
    }

    /** Larger than a pipe holds. */
    @Test
    void aCommandThatDoesNotReadIsTakenByItsOutput() throws SigningException {
        assertThat(run("printf signature", LONG, new byte[1 << 20]))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("signature");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exit 3                  | ended with exit code 3",
                "printf x; kill -9 $$    | ended with exit code 137",
                "true                    | wrote no signature to its standard output",
                "exec cat /dev/zero      | wrote more than 16384 bytes, which is no signature",
                "no-such-command 2>&-    | ended with exit code 127",
            })
    void itFails(String command, String message) {
        assertThatThrownBy(() -> run(command, LONG, new byte[8]))
                .isInstanceOf(SigningException.class)
                .hasMessageContaining("the command \"" + command + "\" " + message);
    }

    /** The process of the process too, which holds the pipe open. */
    @Test
    void itIsEndedWhenItsTimeIsOver() {
        assertThatThrownBy(() -> run("sleep 12345 & sleep 12345", Duration.ofSeconds(1), new byte[8]))
                .hasMessageContaining("did not end within 1 s (--signer-timeout SECONDS)");
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }
}
