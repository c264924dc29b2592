package org.bpfgate.kernel.internal.seccomp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bpfgate.kernel.internal.seccomp.Notifications.Notification;
import org.bpfgate.kernel.internal.syscall.Mapping;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;

/**
 * The requests that were received and are not answered, in a file that is mapped into memory. The kernel delivers a request once; when the
 * gate is killed before its answer, and the listener lives on in another process, the client would wait for ever. The next gate finds the
 * request here.
 *
 * <p>The kernel itself writes a request into its slot, as the slot is what {@code SECCOMP_IOCTL_NOTIF_RECV} is given: there is no moment in
 * which a request is received and not written. The slot is cleared after the answer. What stays in it when the gate is killed between the
 * two is no request that waits, which the kernel tells ({@code SECCOMP_IOCTL_NOTIF_ID_VALID}). All pages are written at the beginning, so
 * that a full file system is no concern later. Safe for use by several threads.
 */
public final class RequestJournal {
    /** More requests than the gate has threads for; further ones are answered as well, and are not written. */
    static final int SLOTS = 8192;

    /** Three lines of a processor's cache: {@code struct seccomp_notif}, of 80 bytes in Linux 6.18 and with room to grow, and the count. */
    static final int SLOT_SIZE = 192;

    /** Where a slot counts how many gates have passed its request on. */
    private static final int PASSED_ON = SLOT_SIZE - Long.BYTES;

    /** A request whose listener has not come to so many gates in a row is nobody's. */
    private static final int MOST_PASSED_ON = 3;

    private final Queue<Slot> free = new ConcurrentLinkedQueue<>();

    /** Slots that are not in the file. */
    private final Queue<Slot> others = new ConcurrentLinkedQueue<>();

    /** Requests of a gate before this one whose listener has not come yet; guarded by itself. */
    private final List<Slot> left = new ArrayList<>();

    private RequestJournal() {}

    /** Returns a journal that writes nothing down. */
    public static RequestJournal none() {
        return new RequestJournal();
    }

    /**
     * Begins a file, with the requests that are in the one that it replaces.
     *
     * @throws IOException when there is no room for it, or it cannot be made
     */
    public static RequestJournal begin(Path file) throws IOException {
        byte[] content = Arrays.copyOf(waiting(file), SLOTS * SLOT_SIZE);
        Path unready = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(unready);
        Files.createFile(unready, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(unready, content);
        NativeBuffer memory = Mapping.ofFile(unready, content.length);
        Files.move(unready, file, StandardCopyOption.ATOMIC_MOVE);
        RequestJournal journal = new RequestJournal();
        for (int i = 0; i < SLOTS; i++) {
            Slot slot = new Slot(journal.free, memory.slice((long) i * SLOT_SIZE, SLOT_SIZE));
            if (slot.isEmpty()) {
                journal.free.add(slot);
            } else {
                journal.left.add(slot);
            }
        }
        return journal;
    }

    /** Returns the slots in use, one after the other; those of threads that are gone are left out. */
    private static byte[] waiting(Path file) throws IOException {
        byte[] before;
        try {
            before = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
        byte[] waiting = new byte[before.length];
        int length = 0;
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer slot = scope.allocate(SLOT_SIZE);
            for (int from = 0; from + SLOT_SIZE <= Math.min(before.length, SLOTS * SLOT_SIZE); from += SLOT_SIZE) {
                slot.put(0, Arrays.copyOfRange(before, from, from + SLOT_SIZE));
                Notification request = Notifications.parse(slot);
                long passedOn = slot.getLong(PASSED_ON);
                if (request.id() != 0
                        && passedOn < MOST_PASSED_ON
                        && Files.exists(Path.of("/proc", Integer.toString(request.tid())))) {
                    slot.putLong(PASSED_ON, passedOn + 1);
                    System.arraycopy(slot.getBytes(0, SLOT_SIZE), 0, waiting, length, SLOT_SIZE);
                    length += SLOT_SIZE;
                }
            }
        }
        return Arrays.copyOf(waiting, length);
    }

    /** Takes an empty slot; one that is not in the file when there is none left. */
    public Slot take() {
        Slot slot = free.poll();
        if (slot == null) {
            slot = others.poll();
        }
        return slot == null ? new Slot(others, NativeScope.automatic().allocate(SLOT_SIZE)) : slot;
    }

    /** Takes the requests of an earlier gate that still wait at a listener. */
    public List<Slot> takeLeft(Notifications listener) {
        List<Slot> taken = new ArrayList<>();
        synchronized (left) {
            for (Iterator<Slot> slots = left.iterator(); slots.hasNext(); ) {
                Slot slot = slots.next();
                if (listener.isWaiting(slot.request().id())) {
                    slots.remove();
                    taken.add(slot);
                }
            }
        }
        return taken;
    }

    /** Room for one request. For one thread at a time. */
    public static final class Slot {
        /** Those that are empty. */
        private final Queue<Slot> home;

        private final NativeBuffer buffer;

        private Slot(Queue<Slot> home, NativeBuffer buffer) {
            this.home = home;
            this.buffer = buffer;
        }

        NativeBuffer buffer() {
            return buffer;
        }

        private boolean isEmpty() {
            return buffer.getLong(0) == 0;
        }

        /** Returns what is written here. */
        public Notification request() {
            return Notifications.parse(buffer);
        }

        /** Clears it: its request has its answer, or there is none. */
        public void clear() {
            buffer.clear();
            home.add(this);
        }
    }
}
