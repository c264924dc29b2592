package org.bpfgate.kernel.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.bpfgate.kernel.internal.host.HandOverMessage.Greeting;
import org.bpfgate.kernel.internal.host.HandOverMessage.Offer;
import org.bpfgate.kernel.internal.host.HandOverMessage.Refused;
import org.bpfgate.kernel.internal.host.HandOverMessage.Taken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandOverMessageTest {
    private static HandOverMessage parse(String line) throws ProtocolException {
        return HandOverReader.parse(line.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void linesAreAsTheProtocolHasThem() throws ProtocolException {
        List<HandOverMessage> messages = List.of(
                new Greeting(39, List.of(5, 13)),
                new Offer(List.of("sh", "-c", "echo \"\u00fc\"\n")),
                new Taken(7),
                new Refused("no", true));
        List<String> lines = List.of(
                "{\"version\":1,\"known\":39,\"notify\":[5,13]}\n",
                "{\"version\":1,\"command\":[\"sh\",\"-c\",\"echo \\\"\u00fc\\\"\\n\"]}\n",
                "{\"version\":1,\"taken\":true,\"number\":7}\n",
                "{\"version\":1,\"error\":\"no\",\"busy\":true}\n");
        for (int i = 0; i < messages.size(); i++) {
            assertThat(new String(messages.get(i).toLine(), StandardCharsets.UTF_8))
                    .isEqualTo(lines.get(i));
            assertThat(parse(lines.get(i))).isEqualTo(messages.get(i));
        }
    }

    @Test
    void halfACharacterIsNone() throws ProtocolException {
        assertThat(parse("{\"version\":1,\"command\":[\"a\\ud83d\"]}")).isEqualTo(new Offer(List.of("a?")));
    }

    @Test
    void unknownMembersAreSkipped() throws ProtocolException {
        assertThat(parse("{\"version\":1,\"new\":{\"a\":[1,{}]},\"taken\":true,\"number\":1}"))
                .isEqualTo(new Taken(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"version\":2,\"taken\":true} | the other side speaks version 2 of the protocol, this one version 1",
                "{\"taken\":true,\"number\":1} | the other side speaks version null of the protocol, this one version 1",
                "{\"version\":1,\"taken\":false,\"number\":1} | the line is no message of a hand-over",
                "{\"version\":1} | the line is no message of a hand-over",
                "{\"version\":1,\"command\":[1]} | a text is missing",
                "{\"version\":1,\"command\":\"sh\"} | a list is missing",
                "{\"version\":1,\"known\":1,\"notify\":[-1]} | a number is out of range",
                "{\"version\":1,\"taken\":1} | true or false is missing",
                "{\"version\":1.5} | a whole number is missing",
                "[] | the line is no JSON object",
                "{\"version\":1,\"taken\":true,\"number\":1} {} | there is more than one object in the line",
            })
    void whatIsNoMessageIsOneError(String line, String error) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(ProtocolException.class)
                .hasMessage(error);
    }

    @Test
    void anOfferFitsIntoALineWhateverTheCommand() {
        for (String word :
                List.of("\u0001".repeat(200_000), "\u20ac".repeat(200_000), "x\ud83d\ude00".repeat(200_000), "x")) {
            Offer offer = Offer.of(Collections.nCopies(20_000, word));
            assertThat(offer.toLine().length).isLessThanOrEqualTo(HandOverMessage.MOST_BYTES);
            assertThat(offer.command()).isNotEmpty();
        }
    }
}
