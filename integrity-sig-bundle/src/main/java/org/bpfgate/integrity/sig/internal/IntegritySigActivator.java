package org.bpfgate.integrity.sig.internal;

import java.time.InstantSource;
import java.util.Map;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.integrity.ProgramSigner;
import org.bpfgate.integrity.SignedContentReader;
import org.bpfgate.integrity.sig.hornet.internal.HornetModule;
import org.bpfgate.integrity.sig.hornet.internal.HornetVerifier;
import org.bpfgate.integrity.sig.manifest.internal.ManifestReader;
import org.bpfgate.integrity.sig.sign.internal.HornetSigner;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;

/** Offers the verifier {@code hornet}, its configuration, the signer of its contract, and the reader of signed texts. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class IntegritySigActivator implements BundleActivator {
    /** The place of the verifier in the order of modules: before every policy. */
    private static final int RANKING = 300;

    @Override
    public void start(BundleContext context) {
        TrustConfiguration trust = new TrustConfiguration();
        trust.register(context);
        context.registerService(
                SecurityModule.class,
                new HornetModule(trust::keyrings),
                FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, RANKING)));
        context.registerService(
                ProgramSigner.class,
                new HornetSigner(InstantSource.system()),
                FrameworkUtil.asDictionary(Map.of(ProgramSigner.CONTRACT, HornetVerifier.CONTRACT)));
        context.registerService(
                SignedContentReader.class, new ManifestReader(trust::keyrings, trust::generation), null);
    }

    /** The framework takes the services back. */
    @Override
    public void stop(BundleContext context) {}
}
