package org.bpfgate.serve.internal.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bpfgate.mediation.AttachedListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenerTextTest {
    private static final String GOOD = "{\"number\":1,\"pid\":2,\"started\":3,\"uid\":4,\"gid\":5,\"command\":[\"a\"],"
            + "\"since\":\"2026-11-28T05:00:00Z\",\"calls\":6}";

    private static AttachedListener listener(String... command) {
        return new AttachedListener(
                7, 1234, -2, 100, List.of(command), Optional.of("a.service"), Instant.parse("2026-11-28T05:00:00Z"), 9);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        ListenerEntry attached = new ListenerEntry(listener("cat", "/etc/ü"), 5_000_000_000L, Optional.empty());
        ListenerEntry lost = new ListenerEntry(listener("cat"), 5, Optional.of(Instant.parse("2026-11-28T06:00:00Z")));
        List<ListenerEntry> entries = List.of(attached, lost);
        assertThat(ListenerText.read(ListenerText.write("b", entries), "b")).isEqualTo(entries);
    }

    @Test
    void anotherRunOfTheMachineHasNone() throws IOException {
        ListenerEntry entry = new ListenerEntry(listener("cat"), 5, Optional.empty());
        assertThat(ListenerText.read(ListenerText.write("before", List.of(entry)), "now"))
                .isEmpty();
    }

    @Test
    void aLongCommandIsCut() {
        String word = "x".repeat(999) + "\ud83d\ude00" + "x".repeat(100);
        ListenerEntry entry = new ListenerEntry(listener(word, "b"), 5, Optional.empty());
        assertThat(entry.listener().command()).containsExactly("x".repeat(999) + "…");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                                                  | No content
            {}                                                                  | no "version" 1
            {"version":2,"boot":"b","listeners":[]}                             | no "version" 1
            {"version":1,"listeners":[]}                                        | "boot" is a text
            {"version":1,"boot":"b"}                                            | "listeners" is a list
            {"version":1,"boot":"b","listeners":[1]}                            | a listener is an object
            {"version":1,"boot":"b","listeners":[GOOD,GOOD]}                    | "listeners" has number 1 twice
            """)
    void aDamagedFileIsOneError(String text, String error) {
        byte[] bytes = bytes(text.replace("GOOD", GOOD));
        assertThatThrownBy(() -> ListenerText.read(bytes, "b"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(error);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "number":1    | "number":0            | "number" is at least 1
            "number":1    | "number":-1           | "number" is a whole number
            "number":1    | "number":3000000000   | "number" is a whole number from 0 to 2147483647
            "pid":2       | "pid":"2"             | "pid" is a whole number
            "started":3   | "started":null        | "started" is a whole number
            "uid":4       | "uid":3000000000      | "uid" is a number of 32 bits
            ["a"]         | [1]                   | "command" has texts only
            ["a"]         | "a"                   | "command" is a list
            05:00:00Z     | 25:00:00Z             | "since" is a time
            """)
    void aDamagedListenerIsOneError(String part, String instead, String error) {
        assertThat(GOOD).contains(part);
        byte[] bytes = bytes("{\"version\":1,\"boot\":\"b\",\"listeners\":[" + GOOD.replace(part, instead) + "]}");
        assertThatThrownBy(() -> ListenerText.read(bytes, "b"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(error);
    }
}
