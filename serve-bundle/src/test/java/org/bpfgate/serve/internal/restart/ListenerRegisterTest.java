package org.bpfgate.serve.internal.restart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfgate.mediation.AttachedListener;
import org.bpfgate.mediation.ListenerHost;
import org.bpfgate.mediation.MediationException;
import org.bpfgate.mediation.ReleasedListener;
import org.bpfgate.serve.internal.systemd.DescriptorStore;
import org.bpfgate.serve.internal.systemd.RecordedDatagrams;
import org.bpfgate.serve.internal.systemd.StoredDescriptor;
import org.bpfgate.serve.internal.systemd.SystemdNotifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenerRegisterTest {
    private static final int SELF = (int) ProcessHandle.current().pid();

    @TempDir
    private Path directory;

    private final RecordedDatagrams sockets = new RecordedDatagrams();

    /** What systemd was told. */
    private final List<String> told = sockets.sent();

    private ListenerRegister register() {
        return new ListenerRegister(
                directory.resolve("listeners.json"), new DescriptorStore(new SystemdNotifier(sockets, "/notify")));
    }

    /** Attaches all but one descriptor, as the host does. */
    private static final class Host implements ListenerHost {
        private static final int NO_LISTENER = 66;

        private final ListenerRegister register;
        private final List<AttachedListener> attached = new ArrayList<>();

        private Host(ListenerRegister register) {
            this.register = register;
        }

        @Override
        public List<AttachedListener> attached() {
            return attached;
        }

        @Override
        public void limitOfUser(int most) {}

        @Override
        public AttachedListener attach(int descriptor, AttachedListener was) throws MediationException {
            if (descriptor == NO_LISTENER) {
                throw new MediationException(MediationException.Kind.CANNOT_MEDIATE, "no listener");
            }
            AttachedListener now = was.number() == 0 ? was.numbered(1) : was;
            attached.add(now);
            register.attached(now, descriptor);
            return now;
        }

        @Override
        public List<ReleasedListener> release() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    private static AttachedListener listener(int number, int pid) {
        return new AttachedListener(number, pid, 0, 0, List.of("cmd"), Optional.empty(), Instant.now(), 0);
    }

    private Host begin(ListenerRegister register, StoredDescriptor... stored) {
        Host host = new Host(register);
        register.begin(host, List.of(stored), List.of());
        return host;
    }

    @Test
    void whatSystemdKeptIsAttachedWithItsDescription() {
        ListenerRegister first = register();
        begin(first);
        AttachedListener one = listener(1, SELF);
        AttachedListener seven = listener(7, SELF);
        first.attached(one, 11);
        first.attached(seven, 17);
        assertThat(told)
                .containsExactly(
                        "/notify: FDSTORE=1, FDNAME=listener-1 11", "/notify: FDSTORE=1, FDNAME=listener-7 17");
        told.clear();
        ListenerRegister next = register();
        Host host = begin(next, new StoredDescriptor("listener-1", 3), new StoredDescriptor("listener-7", 4));
        assertThat(host.attached()).containsExactly(seven, one);
        assertThat(told).isEmpty();
        assertThat(next.problems()).isEmpty();
        next.ended(seven);
        assertThat(told).containsExactly("/notify: FDSTOREREMOVE=1, FDNAME=listener-7");
    }

    @Test
    void whoseDescriptorIsGoneIsTold() throws Exception {
        ListenerRegister first = register();
        begin(first);
        Process process = new ProcessBuilder("sleep", "100").start();
        first.attached(listener(2, (int) process.pid()), 11);
        ListenerRegister next = register();
        begin(next);
        assertThat(next.problems())
                .singleElement()
                .asString()
                .startsWith("process " + process.pid() + " (cmd) is under a gate that has ended, known since ");
        ListenerRegister third = register();
        begin(third);
        assertThat(third.problems()).isEqualTo(next.problems());
        process.destroy();
        process.waitFor();
        third.look();
        assertThat(third.problems()).isEmpty();
        assertThat(Files.readString(directory.resolve("listeners.json"))).contains("\"listeners\":[]");
    }

    @Test
    void whoHasEndedIsForgotten() throws Exception {
        ListenerRegister first = register();
        begin(first);
        Process process = new ProcessBuilder("sleep", "100").start();
        first.attached(listener(2, (int) process.pid()), 11);
        process.destroy();
        process.waitFor();
        ListenerRegister next = register();
        begin(next);
        assertThat(next.problems()).isEmpty();
    }

    @Test
    void aDescriptorWithoutDescriptionIsAttachedAllTheSame() {
        ListenerRegister register = register();
        Host host = begin(
                register,
                new StoredDescriptor("listener-9", 3),
                new StoredDescriptor("unknown", 4),
                new StoredDescriptor("listener-5", Host.NO_LISTENER));
        assertThat(host.attached().stream().map(AttachedListener::number)).containsExactly(9, 1);
        assertThat(host.attached().getFirst().command()).containsExactly("(its description is lost)");
        assertThat(register.problems()).isEmpty();
    }

    @Test
    void aDamagedFileIsAProblem() throws IOException {
        Files.writeString(directory.resolve("listeners.json"), "{");
        ListenerRegister register = register();
        begin(register);
        assertThat(register.problems())
                .singleElement()
                .asString()
                .startsWith(directory.resolve("listeners.json") + " cannot be read: ")
                .endsWith("start them again")
                .doesNotContain("\n");
        begin(register);
        assertThat(register.problems()).isEmpty();
    }

    @Test
    void theFileIsForItsOwnerAndOneThatCannotBeWrittenIsAProblem() throws IOException {
        ListenerRegister register = register();
        begin(register);
        Path file = directory.resolve("listeners.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.delete(file);
        Path inTheWay = Files.createDirectory(file);
        Files.createFile(inTheWay.resolve("child"));
        register.attached(listener(1, SELF), 11);
        assertThat(register.problems()).singleElement().asString().startsWith(file + " cannot be written: ");
        Files.delete(inTheWay.resolve("child"));
        Files.delete(inTheWay);
        register.look();
        assertThat(register.problems()).isEmpty();
        assertThat(file).content().contains("\"number\":1");
    }
}
