package org.bpfgate.serve.internal;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.bpfgate.audit.AuditSink;
import org.bpfgate.control.ControlException;
import org.bpfgate.control.ControlVerb;
import org.bpfgate.control.Daemon;
import org.bpfgate.control.LocalSockets;
import org.bpfgate.mediation.AttachedListener;
import org.bpfgate.mediation.ListenerHost;
import org.bpfgate.mediation.MediationException;
import org.bpfgate.mediation.Mediator;
import org.bpfgate.mediation.ReleasedListener;
import org.bpfgate.policy.PolicyAdmin;
import org.bpfgate.serve.internal.lifecycle.Directories;
import org.bpfgate.serve.internal.lifecycle.RunningGate;
import org.bpfgate.serve.internal.module.ModuleLife;
import org.bpfgate.serve.internal.restart.ListenerRegister;
import org.bpfgate.serve.internal.restart.Predecessor;
import org.bpfgate.serve.internal.restart.TakeOverVerbs;
import org.bpfgate.serve.internal.settings.DefaultSettings;
import org.bpfgate.serve.internal.settings.SettingsFiles;
import org.bpfgate.serve.internal.settings.SettingsVerb;
import org.bpfgate.serve.internal.socket.ControlServer;
import org.bpfgate.serve.internal.socket.VerbCaller;
import org.bpfgate.serve.internal.socket.VerbServices;
import org.bpfgate.serve.internal.status.HealthChecks;
import org.bpfgate.serve.internal.status.StatusVerb;
import org.bpfgate.serve.internal.store.PromotionJournal;
import org.bpfgate.serve.internal.store.StoreFiles;
import org.bpfgate.serve.internal.systemd.DescriptorStore;
import org.bpfgate.serve.internal.systemd.StoredDescriptor;
import org.bpfgate.serve.internal.systemd.SystemdNotifier;
import org.bpfgate.stack.SecurityHooks;
import org.bpfgate.stack.StackAdmin;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.metatype.MetaTypeService;

/** Puts the running gate together from the services of the other bundles, and runs it. */
final class GateDaemon implements Daemon, RunningGate.Parts, StatusVerb.Source {
    private static final Logger LOG = System.getLogger("org.bpfgate.serve");

    /** {@code -rw-rw-rw-}: whoever hands a listener over only has their own loads decided on. */
    private static final int ANYBODY = 0666;

    /** Milliseconds that a request may take. */
    private static final long DEFAULT_TIMEOUT = 30_000;

    private final BundleContext context;
    private final RunningGate gate;
    private final Directories directories;
    private final List<AutoCloseable> toClose = new ArrayList<>();

    /** What systemd kept for this process; attached once. */
    private List<StoredDescriptor> stored =
            StoredDescriptor.of(System.getenv(), ProcessHandle.current().pid());

    private @Nullable SystemdNotifier systemd;
    private @Nullable VerbCaller caller;
    private @Nullable MediationListeners mediation;
    private volatile @Nullable ListenerRegister register;
    private @Nullable DefaultSettings settings;
    private @Nullable ModuleLife modules;
    private volatile @Nullable ListenerHost host;

    GateDaemon(BundleContext context, Directories directories) {
        this.context = context;
        this.directories = directories;
        gate = new RunningGate(directories, this);
    }

    @Override
    public void run(boolean takesOver) throws ControlException, InterruptedException {
        try {
            gate.run(takesOver);
        } finally {
            toClose.reversed().forEach(GateDaemon::close);
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.log(Level.WARNING, "the gate did not end in order", e);
        }
    }

    @Override
    public void begin() throws IOException {
        new PromotionJournal(directories.settingsFiles(), directories.state(), new StoreFiles()).recover();
        settings =
                new DefaultSettings(service(ConfigurationAdmin.class), directories, home().resolve("conf/policy.ipe"));
        settings.apply();
        SettingsFiles files = new SettingsFiles(directories.settingsFiles(), service(ConfigurationAdmin.class));
        SettingsVerb ofSettings = new SettingsVerb(
                context,
                service(ConfigurationAdmin.class),
                service(MetaTypeService.class),
                files,
                directories.settingsFiles(),
                service(SecurityHooks.class),
                (who, what, before, after) -> Objects.requireNonNull(modules).record(who, what, before, after));
        offer("settings", false, ofSettings.tell());
        offer("settings.set", true, ofSettings.change());
        ModuleLife life = new ModuleLife(
                context, service(SecurityHooks.class), service(StackAdmin.class), directories.root(), files);
        modules = life;
        toClose.add(life);
        life.start();
        offerTakeOver();
        offer(
                "status",
                false,
                new StatusVerb(
                        service(SecurityHooks.class),
                        service(StackAdmin.class),
                        this::policies,
                        new HealthChecks(context),
                        this));
        context.registerService(
                HealthCheck.class,
                this::health,
                FrameworkUtil.asDictionary(
                        Map.of(HealthCheck.NAME, "gate", HealthCheck.TAGS, new String[] {"bpfgate"})));
    }

    /** What the gate knows of its modules and directories, besides what the stack tells. */
    private Result health() {
        ResultLog log = new ResultLog();
        Stream.of(
                        Objects.requireNonNull(modules).problems(),
                        Objects.requireNonNull(settings).problems(),
                        register().problems(),
                        gate.problems())
                .flatMap(List::stream)
                .forEach(problem -> log.add(new ResultLog.Entry(Result.Status.WARN, problem)));
        if (!log.iterator().hasNext()) {
            log.add(
                    new ResultLog.Entry(
                            isReady() ? Result.Status.OK : Result.Status.CRITICAL,
                            isReady()
                                    ? "ready"
                                    : "the gate takes no listeners yet, or no more: it starts, waits for what is missing, or ends"));
        }
        return new Result(log);
    }

    private void offerTakeOver() {
        TakeOverVerbs verbs =
                new TakeOverVerbs(register(), gate::give, systemd().isThere(), why -> caller().refuseChanges(why));
        offer("take-over", true, 0, verbs::begin);
        offer("take-over.release", false, verbs::release);
        offer("take-over.ready", false, verbs::ready);
    }

    private void offer(String name, boolean isChange, ControlVerb verb) {
        offer(name, isChange, DEFAULT_TIMEOUT, verb);
    }

    private void offer(String name, boolean isChange, long timeoutMillis, ControlVerb verb) {
        context.registerService(
                ControlVerb.class,
                verb,
                FrameworkUtil.asDictionary(Map.of(
                        ControlVerb.NAME, name, ControlVerb.CHANGES, isChange, ControlVerb.TIMEOUT, timeoutMillis)));
    }

    @Override
    public ControlServer openControl(Path socket, int owner) throws IOException {
        return ControlServer.open(service(LocalSockets.class), socket, caller(), owner);
    }

    private synchronized VerbCaller caller() {
        VerbCaller present = caller;
        if (present == null) {
            VerbServices verbs = new VerbServices(context);
            toClose.add(verbs);
            present = new VerbCaller(verbs, service(AuditSink.class));
            toClose.add(present);
            caller = present;
        }
        return present;
    }

    @Override
    public void awaitChange() throws InterruptedException {
        caller().awaitChange();
    }

    @Override
    public synchronized SystemdNotifier systemd() {
        SystemdNotifier present = systemd;
        if (present == null) {
            present = new SystemdNotifier(service(LocalSockets.class), System.getenv("NOTIFY_SOCKET"));
            systemd = present;
        }
        return present;
    }

    private synchronized ListenerRegister register() {
        ListenerRegister present = register;
        if (present == null) {
            present = new ListenerRegister(directories.listenerFile(), new DescriptorStore(systemd()));
            register = present;
        }
        return present;
    }

    @Override
    public Predecessor predecessor(Path control) throws ControlException {
        return Predecessor.prepare(service(LocalSockets.class), control);
    }

    @Override
    public void look() {
        Objects.requireNonNull(modules).look();
        Objects.requireNonNull(settings).apply();
        register().look();
    }

    @Override
    public void reload() {
        Objects.requireNonNull(settings).apply();
        try {
            Configuration[] all = service(ConfigurationAdmin.class).listConfigurations(null);
            for (Configuration configuration : all == null ? new Configuration[0] : all) {
                configuration.update();
            }
        } catch (IOException | InvalidSyntaxException e) {
            LOG.log(Level.WARNING, "the settings were not read again", e);
        }
    }

    @Override
    public List<String> missing() {
        return service(StackAdmin.class).missing().stream()
                .map(name -> "the required module " + name + " is missing")
                .toList();
    }

    @Override
    public ListenerHost openListeners(Path socket) throws IOException {
        try {
            ListenerHost opened = service(Mediator.class).host(socket, ANYBODY, false, mediation());
            Objects.requireNonNull(modules).onLimitOfUser(opened::limitOfUser);
            host = opened;
            return opened;
        } catch (MediationException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private synchronized MediationListeners mediation() {
        MediationListeners present = mediation;
        if (present == null) {
            present = new MediationListeners(context, register());
            toClose.add(present);
            mediation = present;
        }
        return present;
    }

    @Override
    public void attach(ListenerHost to, List<ReleasedListener> given) {
        register().begin(to, stored, given);
        stored = List.of();
    }

    @Override
    public Instant begun() {
        return gate.begun();
    }

    @Override
    public boolean isReady() {
        return gate.isReady();
    }

    @Override
    public List<Map<String, Object>> listeners() {
        ListenerHost open = host;
        return open == null
                ? List.of()
                : open.attached().stream().map(GateDaemon::describe).toList();
    }

    private static Map<String, Object> describe(AttachedListener listener) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("number", listener.number());
        members.put("pid", listener.pid());
        members.put("uid", listener.uid());
        members.put("command", String.join(" ", listener.command()));
        listener.unit().ifPresent(unit -> members.put("unit", unit));
        members.put("since", listener.since().toString());
        members.put("calls", listener.calls());
        return members;
    }

    private List<PolicyAdmin> policies() {
        try {
            return context.getServiceReferences(PolicyAdmin.class, null).stream()
                    .sorted()
                    .map(context::getService)
                    .filter(Objects::nonNull)
                    .toList();
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private Path home() {
        return Path.of(Objects.requireNonNull(context.getProperty("bpfgate.home"), "bpfgate.home"));
    }

    /** The best service of a type: the framework starts the bundles of a gate before it runs. */
    private <S> S service(Class<S> type) {
        ServiceReference<S> reference = context.getServiceReference(type);
        S service = reference == null ? null : context.getService(reference);
        if (service == null) {
            throw new IllegalStateException("no service " + type.getSimpleName() + ": its bundle did not start");
        }
        return service;
    }
}
