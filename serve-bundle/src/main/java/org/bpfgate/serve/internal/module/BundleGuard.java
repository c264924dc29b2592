package org.bpfgate.serve.internal.module;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;

/**
 * Stops whatever starts that is neither of the distribution nor of the store, before its activator runs, and uninstalls fragments of
 * that kind, which never start and add classes to others.
 */
final class BundleGuard implements SynchronousBundleListener {
    private final ModuleBundles bundles;
    private final Problems problems;

    BundleGuard(ModuleBundles bundles, Problems problems) {
        this.bundles = bundles;
        this.problems = problems;
    }

    void open(BundleContext context) {
        context.addBundleListener(this);
    }

    void close(BundleContext context) {
        context.removeBundleListener(this);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        switch (event.getType()) {
            case BundleEvent.UPDATED -> bundles.updated(bundle);
            case BundleEvent.INSTALLED -> {
                if (!bundles.isKnown(bundle) && isFragment(bundle)) {
                    report(bundle, "is a fragment of another bundle and was uninstalled");
                    refuse(bundle, bundle::uninstall);
                }
            }
            case BundleEvent.STARTING, BundleEvent.STARTED, BundleEvent.LAZY_ACTIVATION -> {
                if (!bundles.isKnown(bundle)) {
                    report(bundle, "was stopped");
                    refuse(bundle, bundle::stop);
                }
            }
            case BundleEvent.UNINSTALLED -> problems.clear(subject(bundle));
            default -> {
                // What does not run does nothing.
            }
        }
    }

    private interface Step {
        void run() throws BundleException;
    }

    private void refuse(Bundle bundle, Step step) {
        try {
            step.run();
        } catch (BundleException | IllegalStateException e) {
            report(bundle, "cannot be stopped: " + e.getMessage());
        }
    }

    private void report(Bundle bundle, String what) {
        problems.set(
                subject(bundle),
                "the bundle " + bundle.getSymbolicName() + " " + bundle.getVersion() + " from " + bundle.getLocation()
                        + " is neither of the distribution nor of the module store, and " + what
                        + "; install modules with: bpfgate lsm install FILE.jar");
    }

    private static boolean isFragment(Bundle bundle) {
        return bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
    }

    private static String subject(Bundle bundle) {
        return "bundle " + bundle.getBundleId();
    }
}
