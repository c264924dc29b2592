package org.bpfgate.kernel.internal.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bpfgate.kernel.internal.client.AccessWatch;
import org.bpfgate.kernel.internal.client.ClientMemory;
import org.bpfgate.kernel.internal.syscall.Machine;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client finds in its buffer, which is one of this process here. */
class LogBufferTest {
    private static final int GUARD = 16;
    private static final byte UNTOUCHED = 0x55;

    @AutoClose
    private final NativeScope scope = NativeScope.open();

    private final NativeBuffer trueSize = scope.allocate(Integer.BYTES);

    @AutoClose
    private ClientMemory memory;

    @BeforeEach
    void open() throws SyscallException {
        Syscalls syscalls = Machine.link().newSyscalls();
        memory = ClientMemory.open(syscalls, syscalls.gettid(), () -> {}, new AccessWatch());
    }

    /** Returns the buffer after the text was written, with what lies behind it. */
    private byte[] written(String text, int size, int level) throws SyscallException {
        byte[] before = new byte[size + GUARD];
        Arrays.fill(before, UNTOUCHED);
        NativeBuffer buffer = scope.copyOf(before);
        new LogBuffer(memory, buffer.address(), size, level, trueSize.address()).write(text);
        byte[] after = buffer.getBytes(0, size + GUARD);
        assertThat(Arrays.copyOfRange(after, size, size + GUARD))
                .as("behind the buffer")
                .containsOnly(UNTOUCHED);
        return after;
    }

    private static String text(byte[] buffer) {
        int end = 0;
        while (buffer[end] != 0) {
            end++;
        }
        return new String(buffer, 0, end, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "12, 'one|two|end|'",
        "13, 'one|two|end|'",
        "11, 'two|end|'",
        "8, 'two|end|'",
        "7, 'end|'",
        "4, 'end|'",
        "3, 'end|'",
        "0, 'end|'",
    })
    void aSmallBufferKeepsTheLastLines(int bytes, String kept) {
        assertThat(LogBuffer.lastLines("one\ntwo\nend\n", bytes).replace('\n', '|'))
                .isEqualTo(kept);
    }

    @Test
    void bytesCountNotCharacters() {
        assertThat(LogBuffer.lastLines("ä\nb\n", 4)).isEqualTo("b\n");
        assertThat(LogBuffer.lastLines("ä\nb\n", 5)).isEqualTo("ä\nb\n");
    }

    @Test
    void theTextEndsWithItsNulAndTheWholeSizeIsTold() throws SyscallException {
        assertThat(text(written("one\ntwo\n", 64, 1))).isEqualTo("one\ntwo\n");
        assertThat(trueSize.getInt(0)).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource({"9, 'one|two|'", "8, 'two|'", "5, 'two|'", "4, 'two'", "2, 't'", "1, ''"})
    void whatDoesNotFitIsTheBeginning(int size, String kept) throws SyscallException {
        assertThat(text(written("one\ntwo\n", size, 1)).replace('\n', '|')).isEqualTo(kept);
        assertThat(trueSize.getInt(0)).as("of the whole text").isEqualTo(9);
    }

    @Test
    void whoWantsNoLogGetsNone() throws SyscallException {
        assertThat(written("text\n", 16, 0)).containsOnly(UNTOUCHED);
        assertThat(trueSize.getInt(0)).isZero();
        assertThatCode(() -> new LogBuffer(memory, 0, 64, 1, 0).write("text\n")).doesNotThrowAnyException();
    }
}
