package org.bpfgate.observe.internal.decisions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.bpfgate.control.ControlException;
import org.bpfgate.control.ControlPeer;
import org.bpfgate.control.ControlRequest;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.mediation.MediationResult;
import org.bpfgate.program.BpfCommand;
import org.junit.jupiter.api.Test;

class DecisionLogTest {
    private final DecisionLog log = new DecisionLog();

    private static MediationRecord record(int number, boolean isDenied) {
        return new MediationRecord(
                Instant.EPOCH,
                BpfCommand.MAP_CREATE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "map " + number,
                Optional.of(isDenied ? HookResult.deny(Errno.EACCES, "no") : HookResult.ALLOW),
                Optional.empty(),
                isDenied ? MediationResult.failed("EACCES", "") : MediationResult.handedOver(3),
                Duration.ofNanos(1_500));
    }

    private static List<Object> objects(List<Map<String, ?>> items) {
        List<Object> objects = new ArrayList<>();
        items.forEach(item -> objects.add(item.containsKey("lost") ? item : item.get("object")));
        return objects;
    }

    private List<Map<String, ?>> ask(Map<String, Object> arguments) throws Exception {
        List<Map<String, ?>> items = new ArrayList<>();
        new DecisionsVerb(log)
                .perform(new ControlRequest("decisions", arguments, new ControlPeer(1, 0, 0)), items::add);
        return items;
    }

    @Test
    void theLastOnesAreTold() throws Exception {
        for (int i = 0; i < 10; i++) {
            log.mediated(record(i, i % 2 == 0));
        }
        assertThat(objects(ask(Map.of("last", 3)))).containsExactly("map 7", "map 8", "map 9");
        assertThat(objects(ask(Map.of("last", 3, "denied", true)))).containsExactly("map 4", "map 6", "map 8");
        assertThat(ask(Map.of("last", 1)).getFirst())
                .isEqualTo(Map.of(
                        "time",
                        "1970-01-01T00:00:00Z",
                        "command",
                        "MAP_CREATE",
                        "decision",
                        "ALLOW",
                        "object",
                        "map 9",
                        "micros",
                        1L));
    }

    @Test
    void noMoreAreKeptThanThereIsRoomFor() throws Exception {
        for (int i = 0; i < DecisionLog.KEPT + 5; i++) {
            log.mediated(record(i, false));
        }
        assertThat(log.read(0).lost()).isEqualTo(5);
        assertThat(log.read(0).decisions()).hasSize(DecisionLog.KEPT);
        assertThat(objects(ask(Map.of("last", 1)))).containsExactly("map " + (DecisionLog.KEPT + 4));
    }

    @Test
    void moreThanIsKeptCannotBeAskedFor() {
        assertThatThrownBy(() -> ask(Map.of("last", DecisionLog.KEPT + 1)))
                .isInstanceOf(ControlException.class)
                .hasMessageContaining("0 to 4096 are kept");
    }

    /** What a reader gets, and what it is told it has missed, is together what was decided. */
    @Test
    void whoFollowsGetsEachOrIsToldHowManyNot() throws Exception {
        int threads = 4;
        int each = 50_000;
        try (ExecutorService deciding = Executors.newFixedThreadPool(threads)) {
            for (int thread = 0; thread < threads; thread++) {
                deciding.execute(() -> {
                    for (int i = 0; i < each; i++) {
                        log.mediated(record(i, false));
                    }
                });
            }
            deciding.shutdown();
            long seen = 0;
            long lost = 0;
            long next = 0;
            boolean isOver;
            do {
                isOver = deciding.awaitTermination(0, TimeUnit.MILLISECONDS);
                DecisionLog.Reading reading = log.read(next);
                seen += reading.decisions().size();
                lost += reading.lost();
                next = reading.next();
            } while (!isOver);
            assertThat(seen + lost).isEqualTo((long) threads * each);
        }
    }
}
