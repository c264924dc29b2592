package org.bpfgate.kernel.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One worker leads; when it is away for long another one takes its place, and only then. */
class LeaderFollowersTest {
    /** Many times as long as the deputy waits between two looks. */
    private static final Duration FOR_SURE = Duration.ofMillis(100);

    private final LeaderFollowers turn = new LeaderFollowers();

    private CompletableFuture<Boolean> another() {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                result.complete(turn.lead());
            } catch (InterruptedException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private CompletableFuture<Boolean> anotherAtRest() {
        int before = turn.resting();
        CompletableFuture<Boolean> result = another();
        await().until(() -> turn.resting() == before + 1);
        return result;
    }

    @AfterEach
    void close() {
        turn.close();
    }

    @Test
    void whoComesFirstLeadsAndTheOthersRest() throws Exception {
        assertThat(turn.lead()).isTrue();
        CompletableFuture<Boolean> other = anotherAtRest();
        await().during(FOR_SURE).until(() -> !other.isDone());
    }

    /** Also when the deputy slept because nothing happened for long. */
    @Test
    void aLeaderThatIsAwayForLongIsReplaced() throws Exception {
        assertThat(turn.lead()).isTrue();
        CompletableFuture<Boolean> other = anotherAtRest();
        CompletableFuture<Boolean> third = anotherAtRest();
        await().during(FOR_SURE).until(() -> !other.isDone());
        turn.giveUp();
        await().until(() -> other.isDone() || third.isDone());
        await().during(FOR_SURE).until(() -> !(other.isDone() && third.isDone()));
        turn.giveUp();
        assertThat(other.join()).isTrue();
        assertThat(third.join()).isTrue();
    }

    @Test
    void whoComesBackWhileNobodyLeadsLeadsAgainAtOnce() throws Exception {
        assertThat(turn.lead()).isTrue();
        turn.giveUp();
        assertThat(turn.lead()).isTrue();
    }

    @Test
    void noMoreRestThanAreOfUse() throws Exception {
        assertThat(turn.lead()).isTrue();
        List<CompletableFuture<Boolean>> rest = new ArrayList<>();
        for (int i = 0; i < LeaderFollowers.MOST_RESTING; i++) {
            rest.add(anotherAtRest());
        }
        assertThat(another().join()).isFalse();
        assertThat(rest).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void afterTheEndNobodyLeads() throws Exception {
        assertThat(turn.lead()).isTrue();
        CompletableFuture<Boolean> other = anotherAtRest();
        turn.close();
        turn.giveUp();
        assertThat(other.join()).isFalse();
        assertThat(turn.lead()).isFalse();
    }
}
