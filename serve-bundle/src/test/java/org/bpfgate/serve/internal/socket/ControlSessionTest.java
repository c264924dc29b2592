package org.bpfgate.serve.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bpfgate.audit.AuditRecord;
import org.bpfgate.audit.AuditSink;
import org.bpfgate.audit.JsonMembers;
import org.bpfgate.control.ControlException;
import org.bpfgate.control.ControlException.Kind;
import org.bpfgate.control.ControlVerb;
import org.bpfgate.serve.internal.socket.VerbCaller.FoundVerb;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ControlSessionTest {
    private final List<String> records = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final VerbCaller verbs = new VerbCaller(this::find, new Sink());
    private final RecordedConnection connection = new RecordedConnection();

    @AfterEach
    void close() {
        connection.close();
        verbs.close();
    }

    private FoundVerb find(String name) throws ControlException {
        ControlVerb verb = switch (name) {
            case "echo" -> (request, reply) -> request.arguments();
            case "items" ->
                (request, reply) -> {
                    reply.item(Map.of("n", 1));
                    reply.item(Map.of("n", 2));
                    return Map.of("n", 3);
                };
            case "change", "long", "follow" ->
                (request, reply) -> {
                    if (!name.equals("change")) {
                        try {
                            Thread.sleep(Duration.ofMinutes(5));
                        } catch (InterruptedException e) {
                            interrupted.countDown();
                            throw e;
                        }
                    }
                    return Map.of("before", 3, "after", 4);
                };
            case "refused" ->
                (request, reply) -> {
                    throw new ControlException(Kind.REFUSED, "no");
                };
            case "broken" ->
                (request, reply) -> {
                    throw new IllegalStateException("a fault");
                };
            default -> throw new ControlException(Kind.USAGE, "no verb " + name);
        };
        boolean isChange = name.equals("change") || name.equals("refused");
        return new FoundVerb(verb, isChange, name.equals("follow") ? 0 : name.equals("long") ? 50 : 30_000);
    }

    private void start() {
        new ControlSession(connection, verbs).start(ended::countDown);
    }

    @Test
    void requestsAreAnsweredInTheirOrder() throws Exception {
        start();
        connection.send("{\"version\":1,\"verb\":\"items\"}");
        connection.send("{\"version\":1,\"verb\":\"echo\",\"arguments\":{\"a\":[1,\"x\"]}}");
        assertThat(connection.answer()).isEqualTo(Map.of("item", Map.of("n", 1)));
        assertThat(connection.answer()).isEqualTo(Map.of("item", Map.of("n", 2)));
        assertThat(connection.answer()).isEqualTo(Map.of("result", Map.of("n", 3)));
        assertThat(connection.answer()).isEqualTo(Map.of("result", Map.of("a", List.of(1, "x"))));
        connection.endInput();
        assertThat(connection.answer()).isNull();
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoEndsTheirInputStillGetsTheirAnswers() throws Exception {
        start();
        connection.send("{\"version\":1,\"verb\":\"echo\"}");
        connection.endInput();
        assertThat(connection.answer()).isEqualTo(Map.of("result", Map.of()));
        assertThat(connection.answer()).isNull();
    }

    @Test
    void aRequestWithoutEndEndsWithTheInput() throws Exception {
        start();
        connection.send("{\"version\":1,\"verb\":\"follow\"}");
        connection.endInput();
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aRequestThatTakesTooLongIsInterruptedAndTheNextIsNot() throws Exception {
        start();
        connection.send("{\"version\":1,\"verb\":\"long\"}");
        connection.send("{\"version\":1,\"verb\":\"echo\"}");
        assertThat(connection.answer())
                .isEqualTo(Map.of("error", Map.of("kind", "failed", "message", "long took more than 50 ms")));
        assertThat(connection.answer()).isEqualTo(Map.of("result", Map.of()));
    }

    @Test
    void aVerbThatFailsIsAnErrorAndNotTheEnd() throws Exception {
        start();
        connection.send("{\"version\":1,\"verb\":\"broken\"}");
        connection.send("{\"version\":1,\"verb\":\"echo\"}");
        assertThat(String.valueOf(connection.answer())).contains("kind=failed").contains("a fault");
        assertThat(connection.answer()).isEqualTo(Map.of("result", Map.of()));
    }

    @Test
    void changesAreAuditedWithWhoAndWhatAlsoWhenTheyAreRefused() throws Exception {
        start();
        connection.send("{\"version\":1,\"verb\":\"change\",\"arguments\":{\"name\":\"ipe\"}}");
        connection.send("{\"version\":1,\"verb\":\"refused\"}");
        connection.send("{\"version\":1,\"verb\":\"echo\"}");
        connection.answer();
        assertThat(connection.answer()).isEqualTo(Map.of("error", Map.of("kind", "refused", "message", "no")));
        connection.answer();
        assertThat(records)
                .containsExactly(
                        "{\"verb\":\"change\",\"by\":{\"pid\":42,\"uid\":0},\"arguments\":{\"name\":\"ipe\"},"
                                + "\"outcome\":\"done\",\"before\":3,\"after\":4}",
                        "{\"verb\":\"refused\",\"by\":{\"pid\":42,\"uid\":0},\"arguments\":{},"
                                + "\"outcome\":\"refused\",\"reason\":\"no\"}");
    }

    @Test
    void anotherVersionIsToldWhichOneIsSpoken() throws Exception {
        start();
        connection.send("{\"version\":2,\"verb\":\"echo\"}");
        assertThat(String.valueOf(connection.answer())).contains("kind=usage").contains("speaks version 1");
        assertThat(connection.answer()).isNull();
    }

    @Test
    void aNullIsNoArgument() throws Exception {
        start();
        connection.send("{\"version\":1,\"verb\":\"echo\",\"arguments\":{\"a\":null}}");
        assertThat(String.valueOf(connection.answer())).contains("kind=usage").contains("argument a is null");
    }

    /** Keeps what records say. */
    private final class Sink implements AuditSink {
        @Override
        public boolean record(AuditRecord record) {
            return records.add(JsonMembers.object(record::describe));
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public long lost() {
            return 0;
        }

        @Override
        public Optional<String> failure() {
            return Optional.empty();
        }

        @Override
        public boolean flush(Duration longest) {
            return true;
        }
    }
}
