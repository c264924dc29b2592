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
import org.bpfgate.audit.AuditSink;
import org.bpfgate.control.ControlException;
import org.bpfgate.control.ControlVerb;
import org.bpfgate.control.Daemon;
import org.bpfgate.control.LocalSockets;
import org.bpfgate.mediation.AttachedListener;
import org.bpfgate.mediation.ListenerHost;
import org.bpfgate.mediation.MediationException;
import org.bpfgate.mediation.Mediator;
import org.bpfgate.policy.PolicyAdmin;
import org.bpfgate.serve.internal.lifecycle.Directories;
import org.bpfgate.serve.internal.lifecycle.RunningGate;
import org.bpfgate.serve.internal.lifecycle.SystemdNotifier;
import org.bpfgate.serve.internal.module.ModuleLife;
import org.bpfgate.serve.internal.settings.DefaultSettings;
import org.bpfgate.serve.internal.settings.SettingsFiles;
import org.bpfgate.serve.internal.settings.SettingsVerb;
import org.bpfgate.serve.internal.socket.ControlServer;
import org.bpfgate.serve.internal.socket.VerbCaller;
import org.bpfgate.serve.internal.socket.VerbServices;
import org.bpfgate.serve.internal.status.StatusVerb;
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

    /** The PID of the stack's settings. */
    private static final String STACK = "org.bpfgate.framework";

    private final BundleContext context;
    private final RunningGate gate;
    private final Directories directories;
    private final List<AutoCloseable> toClose = new ArrayList<>();
    private @Nullable DefaultSettings settings;
    private @Nullable ModuleLife modules;
    private volatile @Nullable ListenerHost host;

    GateDaemon(BundleContext context, Directories directories) {
        this.context = context;
        this.directories = directories;
        gate = new RunningGate(directories, this);
    }

    @Override
    public void run() throws ControlException, InterruptedException {
        try {
            gate.run();
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
                service(SecurityHooks.class));
        offer("settings", false, ofSettings.tell());
        offer("settings.set", true, ofSettings.change());
        ModuleLife life = new ModuleLife(
                context,
                service(SecurityHooks.class),
                service(StackAdmin.class),
                directories.root(),
                (key, names) -> files.write(STACK, Map.of(key, String.join(",", names))));
        modules = life;
        toClose.add(life);
        life.start();
        offer(
                "status",
                false,
                new StatusVerb(service(SecurityHooks.class), service(StackAdmin.class), this::policies, this));
    }

    private void offer(String name, boolean isChange, ControlVerb verb) {
        context.registerService(
                ControlVerb.class,
                verb,
                FrameworkUtil.asDictionary(Map.of(ControlVerb.NAME, name, ControlVerb.CHANGES, isChange)));
    }

    @Override
    public ControlServer openControl(Path socket, int owner) throws IOException {
        VerbServices verbs = new VerbServices(context);
        toClose.add(verbs);
        VerbCaller caller = new VerbCaller(verbs, service(AuditSink.class));
        toClose.add(caller);
        return ControlServer.open(service(LocalSockets.class), socket, caller, owner);
    }

    @Override
    public SystemdNotifier systemd() {
        return new SystemdNotifier(service(LocalSockets.class), System.getenv("NOTIFY_SOCKET"));
    }

    @Override
    public void look() {
        Objects.requireNonNull(modules).look();
        Objects.requireNonNull(settings).apply();
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
    public AutoCloseable openListeners(Path socket) throws IOException {
        MediationListeners listeners = new MediationListeners(context);
        toClose.add(listeners);
        try {
            ListenerHost opened = service(Mediator.class).host(socket, ANYBODY, false, listeners);
            host = opened;
            return opened;
        } catch (MediationException e) {
            throw new IOException(e.getMessage(), e);
        }
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
    public List<String> problems() {
        return Objects.requireNonNull(modules).problems();
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
