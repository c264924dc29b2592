package org.bpfgate.kernel.internal.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnArgumentsTest {
    private static final byte[] COMMAND_LINE = {'j', 0, 'r', 'u', 'n', 0, 's', 'h', 0, (byte) 0xff, 0, 0};

    @Test
    void theLastArgumentsAreTakenByteForByte() {
        List<byte[]> bytes = OwnArguments.bytes(List.of("sh", "\ufffd", ""), StandardCharsets.UTF_8, COMMAND_LINE);
        assertThat(bytes).containsExactly(new byte[] {'s', 'h'}, new byte[] {(byte) 0xff}, new byte[0]);
    }

    @Test
    void aWrapperBeforeThemIsEncoded() {
        List<byte[]> bytes =
                OwnArguments.bytes(List.of("/bin/sh", "-c", "sh", "\ufffd", ""), StandardCharsets.UTF_8, COMMAND_LINE);
        assertThat(bytes.getFirst()).asString(StandardCharsets.UTF_8).isEqualTo("/bin/sh");
        assertThat(bytes.get(3)).containsExactly((byte) 0xff);
    }

    @Test
    void whatIsNotFromTheCommandLineIsEncoded() {
        List<byte[]> bytes = OwnArguments.bytes(List.of("bpftool", "\u00e4"), StandardCharsets.UTF_8, COMMAND_LINE);
        assertThat(bytes.getLast()).asString(StandardCharsets.UTF_8).isEqualTo("\u00e4");
    }
}
