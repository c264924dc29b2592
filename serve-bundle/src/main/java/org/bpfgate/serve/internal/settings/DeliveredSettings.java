package org.bpfgate.serve.internal.settings;

import java.io.IOException;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bpfgate.settings.ProblemReport;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ManagedService;

/**
 * Tells what became of settings that were given to Configuration Admin, which hands them over on a thread of its own. It does so in the order
 * of the changes, so that what was given before has arrived when a later change arrives here. For one thread at a time.
 */
public final class DeliveredSettings implements ManagedService {
    private static final String PID = "org.bpfgate.serve.delivered";

    /** Reading keys and lists is long work on a busy machine. */
    private static final long LONGEST_S = 20;

    private final BundleContext context;
    private final ConfigurationAdmin admin;
    private final Semaphore arrived = new Semaphore(0);
    private long count;

    /** Registers what changes arrive at. */
    public DeliveredSettings(BundleContext context, ConfigurationAdmin admin) {
        this.context = context;
        this.admin = admin;
        context.registerService(
                ManagedService.class, this, FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_PID, PID)));
    }

    @Override
    public void updated(@Nullable Dictionary<String, ?> properties) {
        if (properties != null) {
            arrived.release();
        }
    }

    /**
     * Waits until the settings that were changed before have arrived.
     *
     * @return why those of a PID are not in use, a line for each fault; empty when they are, or nobody takes them
     */
    public List<String> refused(String pid) throws IOException, InterruptedException {
        arrived.drainPermits();
        admin.getConfiguration(PID, "?").update(FrameworkUtil.asDictionary(Map.of("count", count++)));
        if (!arrived.tryAcquire(LONGEST_S, TimeUnit.SECONDS)) {
            throw new IOException("the settings have not been taken within " + LONGEST_S
                    + " s; \"bpfgate status\" tells what becomes of them");
        }
        try {
            ServiceReference<?>[] reports = context.getAllServiceReferences(
                    ProblemReport.class.getName(),
                    "(&(" + Constants.SERVICE_PID + "=" + ProblemReport.pidOf(pid) + ")(" + ProblemReport.REFUSED
                            + "=true))");
            return reports == null
                    ? List.of()
                    : Arrays.stream(reports)
                            .flatMap(report -> Arrays.stream((String[]) report.getProperty(ProblemReport.PROBLEM)))
                            .toList();
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
