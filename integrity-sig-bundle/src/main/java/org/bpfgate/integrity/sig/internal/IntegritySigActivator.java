package org.bpfgate.integrity.sig.internal;

import java.util.Map;
import org.bpfgate.integrity.SignedContentReader;
import org.bpfgate.integrity.sig.internal.hornet.HornetMode;
import org.bpfgate.integrity.sig.internal.hornet.HornetModule;
import org.bpfgate.integrity.sig.internal.hornet.HornetRules;
import org.bpfgate.integrity.sig.internal.manifest.ManifestReader;
import org.bpfgate.integrity.sig.internal.nativesig.NativeModule;
import org.bpfgate.settings.ModuleRegistration;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/**
 * Offers the configuration of the verifiers {@code hornet} and {@code native}. With the first good
 * configuration come the verifiers, both in one generation of the stack, and the reader of signed texts, whose property
 * {@value #GENERATION} changes with each further one.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class IntegritySigActivator implements BundleActivator, TrustConfiguration.Verifiers {
    /** The property of {@link SignedContentReader} that changes when signatures may be judged otherwise. */
    static final String GENERATION = "bpfgate.keyring.generation";

    /** The place of the verifier hornet in the order of modules: before every policy. */
    private static final int RANKING = 300;

    /** How far behind it the verifier native is: next. */
    private static final int NATIVE_DISTANCE = 10;

    private BundleContext context;
    private TrustConfiguration trust;
    private ModuleRegistration modules;
    private @Nullable ServiceRegistration<SignedContentReader> reader;

    @Override
    public void start(BundleContext context) {
        this.context = context;
        trust = new TrustConfiguration(context, this);
        modules = new ModuleRegistration(context, RANKING, new HornetModule(trust::rules))
                .and(NATIVE_DISTANCE, new NativeModule(trust::trust));
        trust.register(context);
    }

    @Override
    public int ranking() {
        return RANKING;
    }

    @Override
    public boolean areReady() {
        return modules.isReady();
    }

    /** Called for one configuration after the other. */
    @Override
    public synchronized void ready(int ranking) {
        modules.ready(ranking, Map.of());
        Map<String, Object> generation = Map.of(GENERATION, trust.trust().generation());
        if (reader == null) {
            reader = context.registerService(
                    SignedContentReader.class, new ManifestReader(this::rules), FrameworkUtil.asDictionary(generation));
        } else {
            reader.setProperties(FrameworkUtil.asDictionary(generation));
        }
    }

    private ManifestReader.Rules rules() {
        HornetRules now = trust.rules();
        return new ManifestReader.Rules(now.trust(), now.mode() == HornetMode.STRICT);
    }

    @Override
    public synchronized void withdraw() {
        modules.withdraw();
        if (reader != null) {
            reader.unregister();
            reader = null;
        }
    }

    /** Takes the verifiers out of the stack; the framework takes the other services back. */
    @Override
    public void stop(BundleContext context) {
        modules.close();
    }
}
