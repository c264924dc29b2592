package org.bpfgate.policy.ipe.internal.hook;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.bpfgate.framework.internal.FrameworkActivator;
import org.bpfgate.hook.BpfProgLoadIntegrityHook;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.IntegrityReporter;
import org.bpfgate.hook.LsmId;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.Signer;
import org.bpfgate.policy.ipe.internal.IpeActivator;
import org.bpfgate.policy.ipe.internal.service.PolicyConfiguration;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.SecurityHooks;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.ManagedService;
import org.osgi.service.cm.ManagedServiceFactory;

/** A service registry with the framework bundle and this one in it, and verifiers that say what a test wants. */
public final class Gate {
    private final Framework felix;
    private final BundleContext context;

    public Gate(Path storage) throws Exception {
        this(storage, Map.of());
    }

    /** A gate with framework properties of its own. */
    public Gate(Path storage, Map<String, String> properties) throws Exception {
        Map<String, String> all = new HashMap<>(properties);
        all.put(Constants.FRAMEWORK_STORAGE, storage.toString());
        all.put("felix.log.level", "1");
        felix = new FrameworkFactory().newFramework(all);
        felix.start();
        context = felix.getBundleContext();
        new FrameworkActivator().start(context);
        new IpeActivator().start(context);
    }

    public void configure(Map<String, Object> properties) throws Exception {
        Dictionary<String, Object> dictionary = FrameworkUtil.asDictionary(new HashMap<>(properties));
        configuration().updated(dictionary);
    }

    /** Other bundles take a configuration too. */
    public ManagedService configuration() throws Exception {
        String byPid = "(" + Constants.SERVICE_PID + "=" + PolicyConfiguration.PID + ")";
        return context.getService(context.getServiceReferences(ManagedService.class, byPid)
                .iterator()
                .next());
    }

    /** Has audit records appended to a file, as the kernel words them. */
    void auditInKernelFormat(Path file) throws Exception {
        String byPid = "(" + Constants.SERVICE_PID + "=org.bpfgate.audit)";
        context.getService(context.getServiceReferences(ManagedService.class, byPid)
                        .iterator()
                        .next())
                .updated(FrameworkUtil.asDictionary(Map.of("file", file.toString(), "format", "kernel")));
    }

    /** Takes the configurations of further modules. */
    ManagedServiceFactory stacked() throws Exception {
        String byPid = "(" + Constants.SERVICE_PID + "=" + PolicyConfiguration.PID + ")";
        return context.getService(context.getServiceReferences(ManagedServiceFactory.class, byPid)
                .iterator()
                .next());
    }

    public <S> void register(Class<S> type, S service) {
        context.registerService(type, service, null);
    }

    public <S> S service(Class<S> type) {
        return context.getService(context.getServiceReference(type));
    }

    /** Loads a program while verifiers report {@code name=VERDICT} or {@code name=VERDICT/SIGNER}; of one name once. */
    public LoadDecision load(ProgramLoad load, String... reports) {
        ServiceRegistration<?>[] verifiers = new ServiceRegistration<?>[reports.length];
        for (int i = 0; i < reports.length; i++) {
            verifiers[i] = context.registerService(
                    SecurityModule.class,
                    new Says(reports[i]),
                    FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, 1000 - i)));
        }
        try {
            return service(SecurityHooks.class).bpfProgLoad(load);
        } finally {
            Arrays.asList(verifiers).forEach(ServiceRegistration::unregister);
        }
    }

    public static ProgramLoad aLoad() {
        return ProgramLoad.of(new BpfProgram("p", ProgramType.XDP, Instructions.of(new byte[8])));
    }

    public void close() throws Exception {
        felix.stop();
        felix.waitForStop(0);
    }

    /** A verifier with one verdict for everything. */
    private record Says(String report) implements BpfProgLoadIntegrityHook {
        @Override
        public LsmId lsmId() {
            return LsmId.named(report.substring(0, report.indexOf('=')));
        }

        @Override
        public HookResult bpfProgLoadIntegrity(ProgramLoad load, IntegrityReporter reporter) {
            String[] said = report.substring(report.indexOf('=') + 1).split("/", -1);
            IntegrityReport made = IntegrityReport.of(IntegrityVerdict.valueOf(said[0]), "as the test wants");
            return reporter.bpfProgLoadPostIntegrity(
                    said.length == 1 ? made : made.withSigner(new Signer(said[1], "CN=someone"), "sha256"));
        }
    }
}
