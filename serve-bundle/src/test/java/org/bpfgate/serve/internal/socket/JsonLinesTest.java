package org.bpfgate.serve.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfgate.serve.internal.socket.JsonLines.LineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesTest {
    @Test
    void everyLineIsAnObjectWhateverThePiecesItComesIn() throws Exception {
        JsonLines lines = new JsonLines(byteByByte("{\"a\":1}\n{\"b\":[\"ä\",true]}\n"));
        assertThat(lines.next()).isEqualTo(Map.of("a", 1));
        assertThat(lines.next()).isEqualTo(Map.of("b", List.of("ä", true)));
        assertThat(lines.next()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "[]",
                "null",
                "{",
                "{\"a\":1}}",
                "{\"a\":1} {\"b\":2}",
                "{\"a\":1,\"a\":2}",
                "{a:1}",
                "{\"a\":NaN}",
                "\u0000"
            })
    void whatIsNoObjectIsRefusedInOneLine(String text) {
        assertThatThrownBy(() -> lines(text + "\n").next())
                .isInstanceOf(LineException.class)
                .hasMessageStartingWith("a request is one JSON object in a line")
                .message()
                .hasLineCount(1);
    }

    @Test
    void aLineThatNeverEndsIsRefusedBeforeItFillsTheMemory() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return ' ';
            }
        };
        assertThatThrownBy(() -> new JsonLines(endless).next())
                .isInstanceOf(LineException.class)
                .hasMessageContaining("at most 65536 bytes");
    }

    @Test
    void aLastLineWithoutItsEndIsNoRequest() {
        assertThatThrownBy(() -> lines("{\"a\":1}").next())
                .isInstanceOf(LineException.class)
                .hasMessage("a request ends with a line feed");
    }

    @Test
    void deepNestingIsRefused() {
        String deep = "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000);
        assertThatThrownBy(() -> lines(deep + "\n").next()).isInstanceOf(LineException.class);
    }

    @Test
    void whatIsWrittenIsReadAgainAndIsOneLine() throws Exception {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("text", "a\nb\"\u2028");
        members.put("list", new ArrayList<>(List.of(1, "x", Map.of("y", false))));
        byte[] line = JsonLines.line(members);
        assertThat(new String(line, StandardCharsets.UTF_8)).hasLineCount(1).endsWith("\n");
        assertThat(new JsonLines(new ByteArrayInputStream(line)).next()).isEqualTo(members);
    }

    private static JsonLines lines(String text) {
        return new JsonLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static InputStream byteByByte(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] bytes, int from, int length) {
                return super.read(bytes, from, Math.min(1, length));
            }

            @Override
            public int read(byte[] bytes) throws IOException {
                return read(bytes, 0, bytes.length);
            }
        };
    }
}
