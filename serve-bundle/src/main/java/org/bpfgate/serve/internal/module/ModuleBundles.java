package org.bpfgate.serve.internal.module;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.serve.internal.store.Source;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** The bundles of the framework: those of the distribution, which were there when the gate started, and those of the store. */
final class ModuleBundles {
    private static final String LOCATION = "bpfgate-module:";
    private static final long UNINSTALL_SECONDS = 5;
    private static final String MANAGED_SERVICE = "org.osgi.service.cm.ManagedService";

    private final BundleContext context;
    private final Set<Long> distribution;
    private final Set<String> expected = ConcurrentHashMap.newKeySet();
    private final Problems problems;

    ModuleBundles(BundleContext context, Problems problems) {
        this.context = context;
        this.problems = problems;
        distribution = Arrays.stream(context.getBundles())
                .map(Bundle::getBundleId)
                .collect(Collectors.toCollection(ConcurrentHashMap::newKeySet));
    }

    /** Returns whether a bundle is of the distribution or of the store. */
    boolean isKnown(Bundle bundle) {
        return distribution.contains(bundle.getBundleId()) || expected.contains(bundle.getLocation());
    }

    /** A bundle of the distribution was updated: what it is now is not what the distribution has. */
    void updated(Bundle bundle) {
        distribution.remove(bundle.getBundleId());
    }

    /** Returns the bundle of the distribution with a symbolic name. */
    Optional<Bundle> ofDistribution(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> distribution.contains(bundle.getBundleId()))
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst();
    }

    /** Returns the bundle that a source is installed as. */
    Optional<Bundle> of(Source source) {
        return source.sha256() == null
                ? ofDistribution(source.bundle())
                : Optional.ofNullable(context.getBundle(LOCATION + source.sha256()));
    }

    /**
     * Installs a jar of the store; its bundle when it is installed.
     *
     * @throws BundleException when the framework does not take it, or it cannot be read
     */
    Bundle install(String sha256, Path jar) throws BundleException {
        String location = LOCATION + sha256;
        Bundle there = context.getBundle(location);
        if (there != null) {
            return there;
        }
        expected.add(location);
        try (InputStream in = Files.newInputStream(jar)) {
            return context.installBundle(location, in);
        } catch (IOException e) {
            expected.remove(location);
            throw new BundleException(jar + " cannot be read: " + e.getMessage(), e);
        } catch (BundleException e) {
            expected.remove(location);
            throw e;
        }
    }

    /** Uninstalls a bundle of the store. One that cannot be uninstalled is stopped all the same, and a problem. */
    void uninstall(Bundle bundle) {
        String location = bundle.getLocation();
        String subject = "uninstall " + location;
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("bpfgate uninstall").start(() -> {
            try {
                if (bundle.getState() != Bundle.UNINSTALLED) {
                    bundle.uninstall();
                }
                expected.remove(location);
                problems.clear(subject);
                done.complete(true);
            } catch (BundleException | RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        });
        String reason;
        try {
            done.get(UNINSTALL_SECONDS, TimeUnit.SECONDS);
            return;
        } catch (ExecutionException e) {
            reason = String.valueOf(e.getCause());
        } catch (TimeoutException e) {
            reason = "not done within " + UNINSTALL_SECONDS + " s";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reason = "interrupted";
        }
        problems.set(
                subject,
                bundle.getSymbolicName() + " " + bundle.getVersion() + " cannot be uninstalled: " + reason
                        + "; it goes with the next start of the gate");
    }

    /** Returns the names of the modules that a bundle has registered. */
    Set<String> modules(Bundle bundle) {
        Set<String> names = new TreeSet<>();
        ServiceReference<?>[] services = bundle.getRegisteredServices();
        for (ServiceReference<?> each : services == null ? new ServiceReference<?>[0] : services) {
            if (hasType(each, SecurityModule.class.getName())
                    && context.getService(each) instanceof SecurityModule module) {
                names.add(module.lsmId().name());
                context.ungetService(each);
            }
        }
        return names;
    }

    /** Returns the PIDs of the settings that a bundle takes. */
    Set<String> pids(Bundle bundle) {
        Set<String> pids = new TreeSet<>();
        ServiceReference<?>[] services = bundle.getRegisteredServices();
        for (ServiceReference<?> each : services == null ? new ServiceReference<?>[0] : services) {
            if (hasType(each, MANAGED_SERVICE) && each.getProperty(Constants.SERVICE_PID) instanceof String pid) {
                pids.add(pid);
            }
        }
        return pids;
    }

    /** Whether a bundle may bring modules later: it takes settings, describes some, or has components of Declarative Services. */
    boolean mayWait(Bundle bundle) {
        return !pids(bundle).isEmpty()
                || bundle.getHeaders().get("Service-Component") != null
                || bundle.getEntryPaths("OSGI-INF/metatype") != null;
    }

    private static boolean hasType(ServiceReference<?> service, String type) {
        return service.getProperty(Constants.OBJECTCLASS) instanceof String[] types
                && Arrays.asList(types).contains(type);
    }
}
