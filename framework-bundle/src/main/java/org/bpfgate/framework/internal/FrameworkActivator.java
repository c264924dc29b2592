package org.bpfgate.framework.internal;

import java.io.File;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.bpfgate.audit.AuditSink;
import org.bpfgate.framework.internal.audit.AuditConfiguration;
import org.bpfgate.framework.internal.audit.AuditLog;
import org.bpfgate.framework.internal.call.DecisionListeners;
import org.bpfgate.framework.internal.call.DenialAudit;
import org.bpfgate.framework.internal.call.InFlight;
import org.bpfgate.framework.internal.call.QuiescenceWait;
import org.bpfgate.framework.internal.call.Watchdog;
import org.bpfgate.framework.internal.candidate.Candidates;
import org.bpfgate.framework.internal.dispatch.HookDispatcher;
import org.bpfgate.framework.internal.registry.Handover;
import org.bpfgate.framework.internal.registry.HookRegistry;
import org.bpfgate.framework.internal.registry.LaterWork;
import org.bpfgate.framework.internal.registry.ModuleTracker;
import org.bpfgate.framework.internal.registry.NameOwners;
import org.bpfgate.framework.internal.registry.OtherWiring;
import org.bpfgate.framework.internal.registry.PolicyMemory;
import org.bpfgate.framework.internal.registry.StackOperator;
import org.bpfgate.framework.internal.settings.SettingsReader;
import org.bpfgate.framework.internal.settings.StackConfiguration;
import org.bpfgate.framework.internal.settings.StackDefinition;
import org.bpfgate.framework.internal.stack.LiveObjects;
import org.bpfgate.settings.SettingException;
import org.bpfgate.settings.Settings;
import org.bpfgate.stack.SecurityHooks;
import org.bpfgate.stack.StackAdmin;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.dto.FrameworkDTO;

/**
 * Starts the framework bundle: follows the security modules in the service registry and offers the entry points. Settings
 * come from framework properties with the keys of {@link StackDefinition}, and from Configuration Admin where it is there.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class FrameworkActivator implements BundleActivator {
    private static final Logger LOG = System.getLogger("org.bpfgate.framework");

    private HookRegistry registry;
    private Candidates candidates;
    private Watchdog watchdog;
    private LaterWork later;
    private ModuleTracker modules;
    private ListenerTracker listeners;
    private AuditLog audit;
    private Handover handover;
    private BooleanSupplier isEnding;

    @Override
    public void start(BundleContext context) throws BundleException {
        StackConfiguration settings = frameworkProperties(context);
        Bundle system = context.getBundle(Constants.SYSTEM_BUNDLE_ID);
        isEnding = () -> system.getState() == Bundle.STOPPING;
        handover = handover(context);
        OtherWiring others = new OtherWiring(context);
        registry = new HookRegistry(memory(context), owners(context), settingsBefore(settings), others, isEnding);
        InFlight inFlight = new InFlight(registry::current);
        LiveObjects live = new LiveObjects();
        QuiescenceWait drain = new QuiescenceWait(inFlight);
        DecisionListeners heard = new DecisionListeners();
        audit = new AuditLog();
        audit.reopen(handover.audit());
        followConfigurationAdmin(context, settings);
        context.registerService(AuditSink.class, audit, null);
        watchdog = Watchdog.start(inFlight, () -> registry.configuration().callbackBudget());
        listeners = new ListenerTracker(context, heard);
        listeners.open();
        later = new LaterWork();
        modules = new ModuleTracker(context, registry, drain, live, later);
        modules.open();
        others.report();
        // As long as a load is held by default: no line for modules that come when the others start.
        later.after(StackOperator.ARRIVAL, registry::reportMissing);
        HookDispatcher hooks = new HookDispatcher(registry, inFlight, live, heard, new DenialAudit(audit));
        candidates = hooks.candidates();
        context.registerService(
                StackAdmin.class, new StackOperator(registry, drain, StackOperator.ARRIVAL, candidates), null);
        context.registerService(SecurityHooks.class, hooks, null);
        handover.taken();
    }

    private static Handover handover(BundleContext context) throws BundleException {
        File file = context.getDataFile("handover");
        try {
            return Handover.in(file == null ? null : file.toPath());
        } catch (IOException e) {
            throw new BundleException("what held before the update cannot be read from " + file + ": " + e, e);
        }
    }

    private StackConfiguration settingsBefore(StackConfiguration frameworkProperties) throws BundleException {
        try {
            return handover.settings(frameworkProperties);
        } catch (SettingException e) {
            throw new BundleException(
                    "the settings that held before the update: " + e.key() + ": " + e.getMessage(), e);
        }
    }

    private NameOwners owners(BundleContext context) {
        return handover.owners(owner -> Arrays.stream(context.getBundles())
                .anyMatch(bundle -> ModuleTracker.name(bundle).equals(owner)));
    }

    /** What is there survives an update of this bundle, after which the modules of the old one are not seen any more. */
    private static PolicyMemory memory(BundleContext context) throws BundleException {
        File file = context.getDataFile("policies");
        if (file == null) {
            return PolicyMemory.ofThisProcess();
        }
        try {
            return PolicyMemory.in(file.toPath());
        } catch (IOException e) {
            throw new BundleException("which policies were in the stack cannot be read from " + file + ": " + e, e);
        }
    }

    private static StackConfiguration frameworkProperties(BundleContext context) throws BundleException {
        try {
            Settings settings = Settings.from(context::getProperty);
            StackConfiguration configuration = SettingsReader.read(settings, StackConfiguration.DEFAULT);
            settings.complete(SettingsReader.KEYS, ownKeys(context));
            return configuration;
        } catch (SettingException e) {
            throw new BundleException(
                    e.all().stream()
                            .map(fault -> "framework property " + fault.key() + ": " + fault.getMessage())
                            .collect(Collectors.joining("; ")),
                    e);
        }
    }

    /** The framework properties with the prefix of these settings; the others are somebody else's. */
    private static List<String> ownKeys(BundleContext context) {
        FrameworkDTO framework = context.getBundle(Constants.SYSTEM_BUNDLE_ID).adapt(FrameworkDTO.class);
        return framework == null
                ? List.of()
                : framework.properties.keySet().stream()
                        .filter(key -> key.toLowerCase(Locale.ROOT).startsWith("lsm."))
                        .sorted()
                        .toList();
    }

    private void followConfigurationAdmin(BundleContext context, StackConfiguration defaults) {
        try {
            context.registerService(
                    "org.osgi.service.cm.ManagedService",
                    new ConfigurationListener(context, registry, defaults),
                    FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_PID, StackDefinition.PID)));
            context.registerService(
                    "org.osgi.service.cm.ManagedService",
                    new AuditConfiguration(context, audit),
                    FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_PID, AuditConfiguration.PID)));
        } catch (NoClassDefFoundError e) {
            LOG.log(Level.DEBUG, "there is no Configuration Admin API here; the framework properties hold");
        }
    }

    /** Denies every call from now on, leaves to its next version what it needs, and then lets go of the modules. */
    @Override
    public void stop(BundleContext context) {
        registry.close();
        candidates.close();
        if (!isEnding.getAsBoolean()) {
            handover.leave(registry.configuration(), audit.settings(), registry.owners());
        }
        modules.close();
        listeners.close();
        watchdog.close();
        later.close();
        audit.close();
    }
}
