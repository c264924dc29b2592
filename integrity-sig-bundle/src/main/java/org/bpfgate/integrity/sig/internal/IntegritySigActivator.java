package org.bpfgate.integrity.sig.internal;

import java.util.Map;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.integrity.SignedContentReader;
import org.bpfgate.integrity.sig.hornet.internal.HornetMode;
import org.bpfgate.integrity.sig.hornet.internal.HornetModule;
import org.bpfgate.integrity.sig.manifest.internal.ManifestReader;
import org.bpfgate.integrity.sig.nativesig.internal.NativeModule;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;

/**
 * Offers the verifiers {@code hornet} and {@code native}, their configuration, the signers of all contracts, and the reader of
 * signed texts.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class IntegritySigActivator implements BundleActivator {
    /** The place of the verifier hornet in the order of modules: before every policy. */
    private static final int RANKING = 300;

    /** The place of the verifier native: next. */
    private static final int NATIVE_RANKING = 290;

    @Override
    public void start(BundleContext context) {
        TrustConfiguration trust = new TrustConfiguration();
        trust.register(context);
        context.registerService(
                SecurityModule.class,
                new HornetModule(trust::trust, trust::mode),
                FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, RANKING)));
        context.registerService(
                SecurityModule.class,
                new NativeModule(trust::trust),
                FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, NATIVE_RANKING)));
        SigningServices.register(context);
        context.registerService(
                SignedContentReader.class,
                new ManifestReader(trust::trust, () -> trust.mode() == HornetMode.STRICT),
                null);
    }

    /** The framework takes the services back. */
    @Override
    public void stop(BundleContext context) {}
}
