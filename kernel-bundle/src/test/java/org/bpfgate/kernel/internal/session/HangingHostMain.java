package org.bpfgate.kernel.internal.session;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.bpfgate.hook.HookResult;
import org.bpfgate.mediation.ListenerHost;
import org.bpfgate.mediation.MediationException;
import org.osgi.framework.BundleException;

/** The main class of a JVM that takes listeners and never answers a load. */
public final class HangingHostMain {
    private HangingHostMain() {}

    /** Takes the socket and an empty directory; prints "ready", and "asked" at each load. */
    public static void main(String... arguments) throws BundleException, MediationException, InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        RealStack stack = RealStack.start(Path.of(arguments[1]));
        RealStack.Deciding hanging = new RealStack.Deciding(load -> {
            System.out.println("asked");
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return HookResult.ALLOW;
        });
        stack.with(hanging, () -> {
            try (ListenerHost host = new KernelMediator(stack.hooks(), new NoRecords())
                    .host(Path.of(arguments[0]), 0600, false, mediated -> {})) {
                System.out.println("ready");
                never.await();
                return host.attached().size();
            }
        });
    }

    /** Starts such a JVM. */
    static Process start(Path socket, Path storage) throws IOException {
        return BecomingMain.start(HangingHostMain.class, socket.toString(), storage.toString());
    }
}
