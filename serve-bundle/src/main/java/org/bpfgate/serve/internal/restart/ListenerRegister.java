package org.bpfgate.serve.internal.restart;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.bpfgate.mediation.AttachedListener;
import org.bpfgate.mediation.ListenerHost;
import org.bpfgate.mediation.MediationException;
import org.bpfgate.mediation.ReleasedListener;
import org.bpfgate.serve.internal.systemd.DescriptorStore;
import org.bpfgate.serve.internal.systemd.StoredDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Which listeners the gate has, so that the next gate can go on with them: their descriptions in a file, their descriptors in systemd's store. Also
 * knows those that a gate before this one had and this one has not. Safe for use by several threads.
 */
public final class ListenerRegister {
    private static final Logger LOG = System.getLogger("org.bpfgate.serve");

    private static final String PREFIX = "listener-";
    private static final String UNKNOWN = "(its description is lost)";

    /** Problems that one status shows; more are counted. */
    private static final int MOST_SHOWN = 20;

    private final ListenerFile file;
    private final DescriptorStore store;

    /** From here on all is guarded by this object's lock: what is attached, by number, and its names in the store. */
    private final NavigableMap<Integer, ListenerEntry> present = new TreeMap<>();

    private final Map<Integer, String> stored = new TreeMap<>();

    /** What the file had when the gate began, by number. */
    private final Map<Integer, ListenerEntry> before = new TreeMap<>();

    private List<ListenerEntry> lost = new ArrayList<>();
    private Optional<String> damage = Optional.empty();
    private Optional<String> writing = Optional.empty();
    private Optional<String> storing = Optional.empty();

    /** What is being attached from the store now. */
    private @Nullable FromStore fromStore;

    private boolean isBegun;

    /** A name in the store, and the thread that attaches its listener: others attach what is handed over meanwhile. */
    private record FromStore(String name, Thread attacher) {}

    /**
     * Prepares; touches no file.
     *
     * @param file in a directory that lives as long as the processes of the host
     * @param store keeps the descriptors
     */
    public ListenerRegister(Path file, DescriptorStore store) {
        this.file = new ListenerFile(file);
        this.store = store;
    }

    /**
     * Attaches what systemd kept and what another gate gives, and tells what is missing then.
     *
     * @param kept descriptors that this process was started with
     * @param given listeners of a gate that goes; their descriptors belong to the host
     */
    public void begin(ListenerHost host, List<StoredDescriptor> kept, List<ReleasedListener> given) {
        read();
        kept.stream()
                .sorted(Comparator.comparingInt((StoredDescriptor each) -> number(each.name()))
                        .reversed())
                .forEach(each -> attachStored(host, each));
        // The highest first, so that a process that hands over meanwhile gets no number that is to come.
        given.stream()
                .sorted(Comparator.comparingInt(
                                (ReleasedListener each) -> each.attached().number())
                        .reversed())
                .forEach(each -> attach(host, each.descriptor(), each.attached()));
        settle();
    }

    private synchronized void read() {
        isBegun = false;
        present.clear();
        lost.clear();
        before.clear();
        try {
            for (ListenerEntry entry : file.read()) {
                if (entry.lost().isPresent()) {
                    lost.add(entry);
                } else {
                    before.put(entry.listener().number(), entry);
                }
            }
            damage = Optional.empty();
        } catch (IOException e) {
            damage = Optional.of(String.valueOf(e.getMessage()));
            LOG.log(Level.WARNING, String.valueOf(e.getMessage()));
        }
    }

    private void attachStored(ListenerHost host, StoredDescriptor descriptor) {
        int number = number(descriptor.name());
        ListenerEntry entry;
        synchronized (this) {
            entry = before.get(number);
            fromStore = new FromStore(descriptor.name(), Thread.currentThread());
        }
        try {
            attach(host, descriptor.number(), entry == null ? unknown(number) : entry.listener());
        } finally {
            synchronized (this) {
                fromStore = null;
            }
        }
    }

    private static int number(String name) {
        return name.matches(PREFIX + "[1-9][0-9]{0,8}") ? Integer.parseInt(name.substring(PREFIX.length())) : 0;
    }

    private static AttachedListener unknown(int number) {
        return new AttachedListener(number, 0, -1, -1, List.of(UNKNOWN), Optional.empty(), Instant.now(), 0);
    }

    private static void attach(ListenerHost host, int descriptor, AttachedListener was) {
        try {
            host.attach(descriptor, was);
        } catch (MediationException e) {
            LOG.log(
                    Level.WARNING,
                    "listener {0} of the gate before this one is not attached: {1}",
                    was.number(),
                    e.getMessage());
        }
    }

    /** Who was in the file and is not attached is lost, as long as its process lives. */
    private synchronized void settle() {
        Instant now = Instant.now();
        before.values().stream()
                .filter(entry -> present.values().stream().noneMatch(entry::hasProcessOf))
                .forEach(entry -> lost.add(entry.lostSince(now)));
        before.clear();
        isBegun = true;
        // A gate that failed to take over may have missed one that is here.
        lost.removeIf(entry -> !entry.isAlive() || present.values().stream().anyMatch(entry::hasProcessOf));
        write();
    }

    /** A listener is mediated from now on: called before its process goes on. */
    public synchronized void attached(AttachedListener listener, int descriptor) {
        ListenerEntry known = before.get(listener.number());
        long started = known != null && known.listener().pid() == listener.pid()
                ? known.started()
                : HostProcess.started(listener.pid());
        present.put(listener.number(), new ListenerEntry(listener, started, Optional.empty()));
        FromStore origin = fromStore;
        if (origin != null && origin.attacher().equals(Thread.currentThread())) {
            stored.put(listener.number(), origin.name());
        } else {
            keep(listener.number(), descriptor);
        }
        if (isBegun) {
            write();
        }
    }

    private void keep(int number, int descriptor) {
        String name = PREFIX + number;
        try {
            store.keep(name, descriptor);
            stored.put(number, name);
            storing = Optional.empty();
        } catch (IOException e) {
            storing = Optional.of("systemd does not keep listener " + number + " (" + e.getMessage()
                    + "): its process gets ENOSYS when the gate is started again");
        }
    }

    /** No task is under a listener any more. */
    public synchronized void ended(AttachedListener listener) {
        present.remove(listener.number());
        String name = stored.remove(listener.number());
        if (name != null) {
            try {
                store.remove(name);
            } catch (IOException e) {
                LOG.log(Level.WARNING, "systemd keeps {0} for nothing: {1}", name, e.getMessage());
            }
        }
        if (isBegun) {
            write();
        }
    }

    private void write() {
        List<ListenerEntry> all = new ArrayList<>(present.values());
        all.addAll(lost);
        try {
            file.write(all);
            writing = Optional.empty();
        } catch (IOException e) {
            writing =
                    Optional.of(e.getMessage() + "; after a restart of the gate descriptions of listeners are missing");
        }
    }

    /** Forgets those whose processes have ended. To be called from time to time. */
    public synchronized void look() {
        if (isBegun && (lost.removeIf(entry -> !entry.isAlive()) || writing.isPresent())) {
            write();
        }
    }

    /** Returns the listener of an attached one as it goes to another gate. */
    synchronized ListenerEntry entry(AttachedListener listener) {
        ListenerEntry known = present.get(listener.number());
        return new ListenerEntry(listener, known == null ? 0 : known.started(), Optional.empty());
    }

    /** Returns what is wrong, one line each. */
    public synchronized List<String> problems() {
        List<String> problems = new ArrayList<>();
        damage.ifPresent(problems::add);
        writing.ifPresent(problems::add);
        storing.ifPresent(problems::add);
        lost.stream().limit(MOST_SHOWN).map(ListenerRegister::describe).forEach(problems::add);
        if (lost.size() > MOST_SHOWN) {
            problems.add((lost.size() - MOST_SHOWN) + " more processes are under a gate that has ended");
        }
        return problems;
    }

    private static String describe(ListenerEntry entry) {
        AttachedListener listener = entry.listener();
        return "process " + listener.pid() + " (" + String.join(" ", listener.command()) + ")"
                + listener.unit().map(unit -> " of " + unit).orElse("")
                + " is under a gate that has ended, known since " + entry.lost().orElse(listener.since())
                + ": its calls of bpf(2) fail with ENOSYS; start it again";
    }
}
