package org.bpfgate.command.internal.program;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfgate.command.internal.io.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppendedSignatureTest {
    private static final byte[] MAGIC = "~Module signature appended~\n".getBytes(US_ASCII);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "16, 398, 0, 16,  398", // of 454 bytes, no multiple of 8
        "16, 400, 0, 16,  400", // a multiple of 8, which would be read as instructions
        "0,  0,   0, 0,   0",
        "16, 10,  7, 16,  10", // names of signer and key, which older kernels had
    })
    void itsPartsAreFound(int program, int message, int names, int foundProgram, int foundMessage) {
        assertThat(AppendedSignature.in(file(program, message, names, message)))
                .contains(new AppendedSignature(foundProgram, foundMessage));
    }

    @ParameterizedTest
    @CsvSource({"2147483647", "-1", "17"})
    void aLengthThatDoesNotFitIsNoSignature(int claimed) {
        assertThat(AppendedSignature.in(file(8, 8, 0, claimed))).isEmpty();
    }

    @Test
    void otherFilesHaveNone() {
        assertThat(AppendedSignature.in(new byte[0])).isEmpty();
        assertThat(AppendedSignature.in(MAGIC)).isEmpty();
        assertThat(AppendedSignature.in(new byte[454])).isEmpty();
    }

    @Test
    void instructionsWithOneAreRefusedWithTheCommandsThatTakeThemApart() throws IOException {
        Path file = Files.write(directory.resolve("p.insns"), file(16, 400, 0, 400));
        assertThat(Files.size(file) % 8).isZero();
        assertThatThrownBy(() -> RawInstructions.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("p.insns: has an appended module signature")
                .hasMessageEndingWith(
                        "head -c 16 FILE > PROGRAM.insns; tail -c +17 FILE | head -c 400 > PROGRAM.insns.p7s");
    }

    @Test
    void theEndOfAnyFileTells() throws IOException {
        assertThat(AppendedSignature.isOn(Files.write(directory.resolve("a"), file(5, 5, 0, 5))))
                .isTrue();
        assertThat(AppendedSignature.isOn(Files.write(directory.resolve("b"), new byte[100])))
                .isFalse();
        assertThat(AppendedSignature.isOn(Files.write(directory.resolve("c"), new byte[1])))
                .isFalse();
        assertThat(AppendedSignature.isOn(directory.resolve("none"))).isFalse();
        assertThat(AppendedSignature.isOn(directory)).isFalse();
    }

    private static byte[] file(int program, int message, int names, int claimed) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[program + names + message]);
        file.writeBytes(ByteBuffer.allocate(12)
                .put(2, (byte) 2)
                .put(3, (byte) names)
                .putInt(8, claimed)
                .array());
        file.writeBytes(MAGIC);
        return file.toByteArray();
    }
}
