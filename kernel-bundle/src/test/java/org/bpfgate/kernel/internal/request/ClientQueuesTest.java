package org.bpfgate.kernel.internal.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bpfgate.kernel.internal.client.ProcessKey;
import org.bpfgate.kernel.internal.request.ClientQueues.Bound;
import org.bpfgate.kernel.internal.request.ClientQueues.Stuck;
import org.junit.jupiter.api.Test;

/** What one client takes is bounded, and whoever waits goes on as soon as what it waits for ends. */
class ClientQueuesTest {
    private static final ProcessKey A = new ProcessKey(1, 100);
    private static final ProcessKey B = new ProcessKey(2, 100);
    private static final long ROOT = 0;
    private static final long USER = 1000;

    @Test
    void theRequestsOfAProcessWaitBehindItsOwnAndNobodyElses() {
        ClientQueues<String> queues = new ClientQueues<>(2, 10, 10, 0);
        assertThat(queues.begin("a1", A, ROOT, 0)).isTrue();
        assertThat(queues.begin("a2", A, ROOT, 0)).isTrue();
        assertThat(queues.begin("a3", A, ROOT, 0)).isFalse();
        assertThat(queues.begin("a4", A, ROOT, 0)).isFalse();
        assertThat(queues.begin("b1", B, ROOT, 0)).isTrue();
        assertThat(queues.end(B, 1)).as("for whoever answered another process").isNull();
        assertThat(queues.end(A, 1)).isEqualTo("a3");
        assertThat(queues.end(A, 2)).isEqualTo("a4");
        assertThat(queues.end(A, 3)).isNull();
        assertThat(queues.end(A, 3)).isNull();
        assertThat(queues.underWay()).isZero();
        assertThatIllegalStateException().isThrownBy(() -> queues.end(A, 4));
    }

    @Test
    void aUserWithManyProcessesLeavesRoomForOthers() {
        ClientQueues<String> queues = new ClientQueues<>(2, 3, 6, 0);
        for (int pid = 10; pid < 13; pid++) {
            assertThat(queues.begin("u", new ProcessKey(pid, 1), USER, 0)).isTrue();
        }
        assertThat(queues.begin("u4", new ProcessKey(13, 1), USER, 0)).isFalse();
        assertThat(queues.begin("root", A, ROOT, 0)).isTrue();
        assertThat(queues.end(new ProcessKey(10, 1), 1)).isEqualTo("u4");
    }

    /** The bounds of docs/enforcing.md, by clients whose requests never end. */
    @Test
    void theBoundsAreThoseOfTheDocuments() {
        ClientQueues<String> queues = new ClientQueues<>();
        assertThat(takenBy(queues, 1, 1, 5)).as("of a process").isEqualTo(4);
        assertThat(takenBy(queues, 2, 33, 4)).as("of a user").isEqualTo(128);
        assertThat(takenBy(queues, 3, 33, 4) + takenBy(queues, 4, 33, 4)).isEqualTo(256);
        assertThat(takenBy(queues, 5, 33, 4)).as("of all").isEqualTo(512 - 4 - 128 - 256);
        assertThat(queues.underWay()).isEqualTo(512);
        assertThat(queues.begin("of a user with none", A, ROOT, 0)).isTrue();
        assertThat(queues.begin("another of its", B, ROOT, 0)).isFalse();
        for (int uid = 10; uid < 73; uid++) {
            assertThat(takenBy(queues, uid, 1, 2)).as("of a further user").isEqualTo(1);
        }
        assertThat(takenBy(queues, 73, 1, 1)).as("reserved for 64 users").isZero();
        assertThat(queues.end(new ProcessKey(1_000_000, 10), 1))
                .as("of the user that waits")
                .isEqualTo("request");
    }

    @Test
    void whatIsWaitedForIsNamed() {
        ClientQueues<String> queues = new ClientQueues<>(1, 2, 3, 0);
        queues.begin("a1", A, ROOT, 0);
        queues.begin("a2", A, ROOT, 0);
        queues.begin("b1", B, ROOT, 0);
        queues.begin("c1", new ProcessKey(3, 1), ROOT, 0);
        queues.begin("d1", new ProcessKey(4, 1), USER, 0);
        queues.begin("e1", new ProcessKey(5, 1), USER, 0);
        assertThat(queues.withoutProgress(100, 100))
                .containsExactly(
                        new Stuck<>("a2", Bound.PROCESS), new Stuck<>("c1", Bound.USER), new Stuck<>("e1", Bound.ALL));
    }

    /** Returns how many of the requests of so many processes of a user begin. */
    private static int takenBy(ClientQueues<String> queues, long uid, int processes, int requests) {
        int taken = 0;
        for (int process = 0; process < processes; process++) {
            for (int request = 0; request < requests; request++) {
                ProcessKey owner = new ProcessKey(1_000_000 + process, uid);
                taken += queues.begin("request", owner, uid, 0) ? 1 : 0;
            }
        }
        return taken;
    }

    @Test
    void aLaterProcessOfTheSameNumberIsAnotherOne() {
        ClientQueues<String> queues = new ClientQueues<>(1, 10, 10, 0);
        assertThat(queues.begin("old", A, ROOT, 0)).isTrue();
        assertThat(queues.begin("new", new ProcessKey(1, 200), ROOT, 0)).isTrue();
    }

    @Test
    void whoeverWaitsWithoutProgressIsGivenOutAndWhoeverHasSomeIsNot() {
        ClientQueues<String> queues = new ClientQueues<>(1, 10, 10, 0);
        queues.begin("a1", A, ROOT, 0);
        queues.begin("a2", A, ROOT, 50);
        queues.begin("a3", A, ROOT, 90);
        queues.begin("b1", B, ROOT, 0);
        queues.begin("b2", B, ROOT, 0);
        queues.begin("b3", B, ROOT, 0);
        assertThat(queues.end(B, 80)).isEqualTo("b2");
        assertThat(queues.withoutProgress(149, 100)).isEmpty();
        assertThat(queues.withoutProgress(150, 100)).containsExactly(new Stuck<>("a2", Bound.PROCESS));
        assertThat(queues.withoutProgress(190, 100))
                .containsExactly(new Stuck<>("a3", Bound.PROCESS), new Stuck<>("b3", Bound.PROCESS));
        assertThat(queues.end(A, 200)).isNull();
        assertThat(queues.end(B, 200)).isNull();
        assertThat(queues.underWay()).isZero();
    }

    /** A request under way or waiting. */
    private record Request(ProcessKey owner, long uid, int number) {}

    /**
     * Whatever the order: the bounds hold, each process is served in order, and nothing waits that may begin. Processes of one user
     * and of three, each with its own number of requests.
     */
    @Test
    void nothingWaitsThatMayBegin() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            ClientQueues<Request> queues = new ClientQueues<>(2, 3, 4, 1);
            List<Request> underWay = new ArrayList<>();
            List<Request> waiting = new ArrayList<>();
            for (int step = 0; step < 60; step++) {
                if (random.nextInt(5) < 3) {
                    int process = random.nextInt(5);
                    Request request = new Request(new ProcessKey(process, 1), process % 3, step);
                    (queues.begin(request, request.owner(), request.uid(), step) ? underWay : waiting).add(request);
                } else if (!underWay.isEmpty()) {
                    Request over = underWay.remove(random.nextInt(underWay.size()));
                    Request next = queues.end(over.owner(), step);
                    if (next != null) {
                        assertThat(waiting.stream()
                                        .filter(other -> other.owner().equals(next.owner()))
                                        .findFirst())
                                .as("first of its process")
                                .contains(next);
                        waiting.remove(next);
                        underWay.add(next);
                    }
                }
                requireBoundsAndWork(underWay, waiting);
            }
        }
    }

    private static void requireBoundsAndWork(List<Request> underWay, List<Request> waiting) {
        assertThat(underWay).hasSizeLessThanOrEqualTo(5);
        for (Request request : underWay) {
            assertThat(ofProcess(underWay, request)).isLessThanOrEqualTo(2);
            assertThat(ofUser(underWay, request)).isLessThanOrEqualTo(3);
        }
        for (Request request : waiting) {
            int room = ofUser(underWay, request) == 0 ? 5 : 4;
            boolean mayBegin =
                    underWay.size() < room && ofProcess(underWay, request) < 2 && ofUser(underWay, request) < 3;
            assertThat(mayBegin)
                    .as("%s waits for nothing beside %s", request, underWay)
                    .isFalse();
        }
    }

    private static long ofProcess(List<Request> underWay, Request request) {
        return underWay.stream()
                .filter(other -> other.owner().equals(request.owner()))
                .count();
    }

    private static long ofUser(List<Request> underWay, Request request) {
        return underWay.stream().filter(other -> other.uid() == request.uid()).count();
    }
}
