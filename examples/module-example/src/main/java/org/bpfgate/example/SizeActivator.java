package org.bpfgate.example;

import java.util.Map;
import org.bpfgate.hook.SecurityModule;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;

/** Registers the verifier. The framework property {@code max.instructions} sets its limit. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class SizeActivator implements BundleActivator {
    /** {@code BPF_MAXINSNS} of {@code include/uapi/linux/bpf_common.h}: the kernel's limit for unprivileged loads. */
    private static final int DEFAULT_LIMIT = 4096;

    /** Among the verifiers, before the policies of the distribution. */
    private static final int RANKING = 150;

    @Override
    public void start(BundleContext context) throws BundleException {
        context.registerService(
                SecurityModule.class,
                new SizeVerifier(limit(context.getProperty("max.instructions"))),
                FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, RANKING)));
    }

    @Override
    public void stop(BundleContext context) {}

    private static int limit(String text) throws BundleException {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit > 0) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Reported below, as a number that is too small.
        }
        throw new BundleException("max.instructions: expected a number above 0, found \"" + text + "\"");
    }
}
