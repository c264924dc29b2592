package org.bpfgate.kernel.mediate.internal;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bpfgate.kernel.syscall.internal.Capabilities;
import org.bpfgate.kernel.syscall.internal.Errnos;
import org.bpfgate.kernel.syscall.internal.Native;
import org.bpfgate.kernel.syscall.internal.NativeBuffer;
import org.bpfgate.kernel.syscall.internal.NativeScope;
import org.bpfgate.kernel.syscall.internal.SyscallException;
import org.bpfgate.kernel.syscall.internal.Syscalls;

/**
 * Makes a call that looks up a path as the client would: from its root and its working directory, as its user and groups, with
 * no capability that it lacks. All of that is found by the client's number; the call is made only when the client still waits
 * afterwards. The thread that does so is made for the one call and never returns from there, so that no
 * thread of the gate ever takes a client's {@code /proc} for its own.
 */
final class ClientView {
    /** How long a path may take. A client may have mounted a file system of its own that never answers. */
    private static final long LONGEST_SECONDS = 5;

    private static final int LINK_SIZE = 4096;

    private final Native machine;
    private final int tid;
    private final long capabilities;
    private final StillWaiting client;

    /**
     * Looks at things as a client does.
     *
     * @param tid its thread
     * @param capabilities those to use, bit n for capability n
     * @param client says on any thread whether the client still waits
     */
    ClientView(Native machine, int tid, long capabilities, StillWaiting client) {
        this.machine = machine;
        this.tid = tid;
        this.capabilities = capabilities;
        this.client = client;
    }

    /** Makes a call that gives a descriptor. */
    interface Call {
        int perform(Syscalls syscalls) throws SyscallException;
    }

    /**
     * Makes the call.
     *
     * @return the descriptor
     * @throws SyscallException what the call throws; with {@code ENOENT} when the client waits no more; with {@code EPERM} when the gate may not look as the client does; with
     *     {@code ETIMEDOUT} after {@value #LONGEST_SECONDS} seconds
     */
    int perform(Call call) throws SyscallException {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("bpfgate-path").start(() -> answer(call, answer));
        try {
            return answer.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw because(e);
        } catch (TimeoutException | InterruptedException e) {
            if (answer.completeExceptionally(new SyscallException("the lookup of a path", Errnos.ETIMEDOUT, 0))) {
                throw new SyscallException("the lookup of a path", Errnos.ETIMEDOUT, 0);
            }
            return justInTime(answer);
        }
    }

    private static int justInTime(CompletableFuture<Integer> answer) throws SyscallException {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw because(e);
        }
    }

    private static SyscallException because(Exception e) {
        if (e.getCause() instanceof SyscallException refused) {
            return refused;
        }
        throw new IllegalStateException("a path was not looked up", e.getCause());
    }

    /** A descriptor that nobody waits for any more is closed. */
    private void answer(Call call, CompletableFuture<Integer> answer) {
        Syscalls syscalls = machine.newSyscalls();
        try {
            standThere(syscalls);
            client.require();
            int fd = call.perform(syscalls);
            if (!answer.complete(fd)) {
                syscalls.close(fd);
            }
        } catch (SyscallException | RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    private void standThere(Syscalls syscalls) throws SyscallException {
        FileIdentity theirs = FileIdentity.of(syscalls, tid);
        boolean isOther = !theirs.equals(FileIdentity.of(syscalls, syscalls.gettid()));
        move(syscalls);
        if (isOther) {
            theirs.takeOn(syscalls);
        }
        new Capabilities(syscalls).use(capabilities);
    }

    private void move(Syscalls syscalls) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            boolean isElsewhere = !sameTarget(syscalls, scope, "ns/mnt") || !sameTarget(syscalls, scope, "root");
            int root = syscalls.openPlace(scope.text(theirs("root")));
            int directory = -1;
            try {
                directory = syscalls.openPlace(scope.text(theirs("cwd")));
                syscalls.unsharePlaces();
                if (isElsewhere) {
                    syscalls.changeDirectory(root);
                    syscalls.changeRoot(scope.text("."));
                }
                syscalls.changeDirectory(directory);
            } finally {
                syscalls.close(root);
                if (directory >= 0) {
                    syscalls.close(directory);
                }
            }
        }
    }

    private boolean sameTarget(Syscalls syscalls, NativeScope scope, String link) throws SyscallException {
        return Arrays.equals(target(syscalls, scope, theirs(link)), target(syscalls, scope, "/proc/self/" + link));
    }

    private String theirs(String link) {
        return "/proc/" + tid + "/" + link;
    }

    private static byte[] target(Syscalls syscalls, NativeScope scope, String link) throws SyscallException {
        NativeBuffer target = scope.allocate(LINK_SIZE);
        return target.getBytes(0, syscalls.readLink(scope.text(link), target));
    }
}
