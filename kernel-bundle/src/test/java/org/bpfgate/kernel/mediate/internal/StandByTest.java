package org.bpfgate.kernel.mediate.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Receivers that have nothing to do wait here, and one of them comes when a request waits that nobody takes. */
class StandByTest {
    /** Many times as long as the deputy waits between two looks. */
    private static final Duration FOR_SURE = Duration.ofMillis(100);

    private final StandBy standBy = new StandBy();
    private final AtomicBoolean request = new AtomicBoolean();
    private final AtomicInteger looks = new AtomicInteger();

    private boolean look() {
        looks.incrementAndGet();
        return request.get();
    }

    /** What becomes of another thread that waits here. */
    private CompletableFuture<Boolean> another() {
        return waiting(() -> standBy.await(this::look));
    }

    private static CompletableFuture<Boolean> waiting(Waiting waiting) {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                result.complete(waiting.await());
            } catch (InterruptedException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private interface Waiting {
        boolean await() throws InterruptedException;
    }

    private void receiveOne() {
        standBy.receiving();
        standBy.received();
    }

    @AfterEach
    void close() {
        standBy.close();
    }

    @Test
    void aRequestThatWaitsWhileAllAreBusyGetsAReceiver() {
        CompletableFuture<Boolean> other = another();
        receiveOne();
        request.set(true);
        assertThat(other.join()).as("to receive").isTrue();
        assertThat(standBy.absent()).isEqualTo(2);
    }

    @Test
    void aRequestThatSomebodyIsAboutToTakeWakesNobody() {
        standBy.receiving();
        request.set(true);
        CompletableFuture<Boolean> other = another();
        standBy.receiving();
        standBy.received();
        await().during(FOR_SURE).until(() -> !other.isDone());
        assertThat(looks).as("questions to the kernel").hasValue(0);
    }

    @Test
    void whoHasAnsweredRestsWhileAnotherOneReceives() {
        standBy.receiving();
        CompletableFuture<Boolean> answered = waiting(() -> standBy.next(this::look));
        await().until(() -> standBy.absent() == 0);
        assertThat(answered).isNotDone();
    }

    @Test
    void theOnlyReceiverReceivesAgain() throws InterruptedException {
        receiveOne();
        assertThat(standBy.next(this::look)).isTrue();
        assertThat(looks).as("without a question to the kernel").hasValue(0);
    }

    @Test
    void ofSeveralBusyReceiversOnlyThoseGoOnForWhomThereIsARequest() throws InterruptedException {
        CompletableFuture<Boolean> other = another();
        receiveOne();
        request.set(true);
        assertThat(other.join()).isTrue();
        assertThat(standBy.next(this::look)).as("one more request").isTrue();
        request.set(false);
        CompletableFuture<Boolean> answered = waiting(() -> standBy.next(this::look));
        await().until(() -> standBy.absent() == 1);
        assertThat(answered).isNotDone();
    }

    @Test
    void nobodyLooksWhileNoRequestsCome() {
        CompletableFuture<Boolean> other = another();
        receiveOne();
        AtomicInteger before = new AtomicInteger();
        await().during(FOR_SURE).until(() -> before.getAndSet(looks.get()) == looks.get());
        assertThat(other).isNotDone();
    }

    @Test
    void atTheEndAllGoWhoAreHereAndTheOthersReceiveUntilTheyAreSentHome() throws InterruptedException {
        CompletableFuture<Boolean> other = another();
        CompletableFuture<Boolean> third = another();
        assertThat(standBy.close()).as("to be sent home").isEqualTo(1);
        assertThat(other.join()).isFalse();
        assertThat(third.join()).isFalse();
        standBy.receiving();
        assertThat(standBy.next(this::look)).as("of one that is not here").isTrue();
    }
}
