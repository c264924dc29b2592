package org.bpfgate.serve.testmodule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.bpfgate.hook.SecurityModule;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;

/** Starts a bundle with modules, and does what its manifest says. Each bundle has classes of its own. */
public final class TestActivator implements BundleActivator {
    /** Names of modules, with commas. */
    public static final String MODULES = "Test-Modules";

    /** What it does wrong; see {@link #start} and {@link #stop}. */
    public static final String FAULT = "Test-Fault";

    @Override
    public void start(BundleContext context) throws Exception {
        String fault = header(context, FAULT);
        if (fault.equals("start throws")) {
            throw new BundleException("this module cannot start");
        }
        if (fault.equals("start throws an error")) {
            throw new NoClassDefFoundError("missing/Type");
        }
        List<SecurityModule> modules = new ArrayList<>();
        for (String name : header(context, MODULES).split(",", -1)) {
            modules.add(new TestPolicy(name, fault.equals("constructor throws")));
        }
        if (fault.equals("registers nothing")) {
            return;
        }
        for (SecurityModule module : modules) {
            context.registerService(
                    SecurityModule.class, module, FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, 10)));
        }
        if (fault.equals("registers and throws")) {
            throw new BundleException("this module cannot start");
        }
        if (fault.equals("start hangs")) {
            new CountDownLatch(1).await();
        }
    }

    @Override
    public void stop(BundleContext context) throws Exception {
        if (header(context, FAULT).equals("stop throws")) {
            throw new BundleException("this module cannot stop");
        }
    }

    private static String header(BundleContext context, String name) {
        String value = context.getBundle().getHeaders().get(name);
        return value == null ? "" : value;
    }
}
