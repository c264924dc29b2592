package org.bpfgate.signing.internal;

import java.util.Dictionary;
import java.util.Map;
import org.bpfgate.integrity.ContentSigner;
import org.bpfgate.integrity.ProgramSigner;
import org.bpfgate.signing.internal.contract.HornetSigner;
import org.bpfgate.signing.internal.contract.LoaderSigner;
import org.bpfgate.signing.internal.contract.ManifestSigner;
import org.bpfgate.signing.internal.contract.MapSchema;
import org.bpfgate.signing.internal.contract.MetadataSigner;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;

/** Offers one signer per contract. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class SigningActivator implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        for (MapSchema schema : MapSchema.values()) {
            register(context, new HornetSigner(schema), schema.contract());
        }
        register(context, new LoaderSigner(), LoaderSigner.CONTRACT);
        register(context, new MetadataSigner(), MetadataSigner.CONTRACT);
        context.registerService(ContentSigner.class, new ManifestSigner(), contract(ManifestSigner.CONTRACT));
    }

    private static void register(BundleContext context, ProgramSigner signer, String contract) {
        context.registerService(ProgramSigner.class, signer, contract(contract));
    }

    private static Dictionary<String, Object> contract(String name) {
        return FrameworkUtil.asDictionary(Map.of(ProgramSigner.CONTRACT, name));
    }

    /** The framework takes the services back. */
    @Override
    public void stop(BundleContext context) {
        // Nothing runs between two signatures.
    }
}
