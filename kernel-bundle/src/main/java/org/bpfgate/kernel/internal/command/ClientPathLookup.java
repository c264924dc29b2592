package org.bpfgate.kernel.internal.command;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.bpfgate.kernel.internal.client.AccessWatch;
import org.bpfgate.kernel.internal.client.StillWaiting;
import org.bpfgate.kernel.internal.syscall.Capabilities;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.Machine;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;

/**
 * Makes a call that looks up a path as the client would: from its root and its working directory, as its user and groups, with
 * no capability that it lacks. All of that is found by the client's number; the call is made only when the client still waits
 * afterwards. The thread that does so is made for the one call and never returns from there, so that no
 * thread of the gate ever takes a client's {@code /proc} for its own.
 *
 * <p>The file system may be the client's own, and never answer. The client then gets {@code ETIMEDOUT}; the
 * calling thread goes on waiting, so that the client's room among the requests is taken as long as the thread made for it is. So a
 * client has never more of these threads than it has requests that are answered at the same time.
 */
final class ClientPathLookup {
    private static final int LINK_SIZE = 4096;

    private final Machine machine;
    private final int tid;
    private final long capabilities;
    private final StillWaiting client;
    private final AccessWatch access;

    private final Syscalls own;

    /** Looks up paths as the client of a request. */
    ClientPathLookup(CommandRequest request) {
        machine = request.machine();
        tid = request.client().tid();
        capabilities = request.rights().usable(request.client());
        client = request.waiting();
        access = request.mediated().access();
        own = request.syscalls();
    }

    /** Makes a call that gives a descriptor. */
    interface Call {
        int perform(Syscalls syscalls) throws SyscallException;
    }

    /**
     * An object that a path of the client's led to, by a path that leads to it for the gate and for nobody else.
     *
     * @param directory the directory of the gate's own descriptors, which is the working directory
     * @param name of the object there
     */
    record Place(int directory, String name) {}

    /** Makes a call on an object that was found by a path. */
    interface CallOnPath {
        int perform(Syscalls syscalls, Place place) throws SyscallException;
    }

    /**
     * Looks a path up as the client would, and makes the call on what was found. A path through a link of {@code /proc} to what a process
     * has open, to its root or its working directory is refused: there the kernel looks at the process that asks, which is the gate, so
     * that {@code /proc/self/fd/3} would be the gate's descriptor and {@code /proc/self/root} a way out of the client's root.
     *
     * @param directory where a relative path begins: a descriptor of ours, or {@link Syscalls#WORKING_DIRECTORY}
     * @throws SyscallException as {@link #perform}; with {@code ELOOP} for a path through such a link
     */
    int performOnPath(int directory, NativeBuffer path, CallOnPath call) throws SyscallException {
        // By this thread, which shares its descriptors with the other one: the client may see no /proc, or another one.
        int fds = openOwnFds();
        try {
            return perform(syscalls -> {
                int object = openPlace(syscalls, directory, path);
                try {
                    syscalls.changeDirectory(fds);
                    return call.perform(syscalls, new Place(fds, Integer.toString(object)));
                } finally {
                    syscalls.close(object);
                }
            });
        } finally {
            own.close(fds);
        }
    }

    private int openOwnFds() throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            return own.openPlace(scope.text("/proc/self/fd"));
        }
    }

    private static int openPlace(Syscalls syscalls, int directory, NativeBuffer path) throws SyscallException {
        try {
            return syscalls.openPlaceWithoutMagicLinks(directory, path);
        } catch (SyscallException e) {
            if (e.errno() == Errnos.ELOOP) {
                String why = "the path leads through too many links, or through one of /proc to a descriptor, root or"
                        + " directory, which would be the gate's; use the path itself, or BPF_F_PATH_FD";
                throw new SyscallException(why, e.errno(), e.size());
            }
            throw e;
        }
    }

    /**
     * Makes the call.
     *
     * @return the descriptor
     * @throws SyscallException what the call throws; with {@code ENOENT} when the client waits no more; with {@code EPERM} when the gate
     *     may not look as the client does
     */
    int perform(Call call) throws SyscallException {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        access.begin("the lookup of a path");
        try {
            Thread.ofPlatform().daemon().name("bpfgate-path").start(() -> answer(call, answer));
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof SyscallException refused) {
                throw refused;
            }
            throw new IllegalStateException("a path was not looked up", e.getCause());
        } finally {
            access.end();
        }
    }

    private void answer(Call call, CompletableFuture<Integer> answer) {
        Syscalls syscalls = machine.newSyscalls();
        try {
            enterClientView(syscalls);
            client.require();
            answer.complete(call.perform(syscalls));
        } catch (SyscallException | RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }

    private void enterClientView(Syscalls syscalls) throws SyscallException {
        FileIdentity theirs = FileIdentity.of(syscalls, tid);
        boolean isOther = !theirs.equals(FileIdentity.of(syscalls, syscalls.gettid()));
        enterClientDirectories(syscalls);
        if (isOther) {
            theirs.takeOn(syscalls);
        }
        new Capabilities(syscalls).use(capabilities);
    }

    private void enterClientDirectories(Syscalls syscalls) throws SyscallException {
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
