package org.bpfgate.integrity.hash.internal.reload;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A thread that looks once a second whether lists have changed. It looks at attributes only, because a notification of the kernel
 * is lost where a list is a link, on a network file system, or in a directory that was renamed.
 */
public final class AllowlistWatcher {
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;

    /** Makes and starts the thread. */
    public AllowlistWatcher(AllowlistManager lists) {
        thread = new Thread(() -> watch(lists), "bpfgate-allowlist-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch(AllowlistManager lists) {
        try {
            while (!stopped.await(1, TimeUnit.SECONDS)) {
                lists.reloadIfChanged();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the thread and waits, up to 5 s, until it is gone. */
    public void stop() throws InterruptedException {
        stopped.countDown();
        thread.join(5000);
    }
}
