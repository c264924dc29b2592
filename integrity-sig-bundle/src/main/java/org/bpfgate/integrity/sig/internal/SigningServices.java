package org.bpfgate.integrity.sig.internal;

import java.time.InstantSource;
import java.util.Dictionary;
import java.util.Map;
import org.bpfgate.integrity.ContentSigner;
import org.bpfgate.integrity.ProgramSigner;
import org.bpfgate.integrity.sig.internal.sign.HornetSigner;
import org.bpfgate.integrity.sig.internal.sign.LoaderSigner;
import org.bpfgate.integrity.sig.internal.sign.ManifestSigner;
import org.bpfgate.integrity.sig.internal.sign.MapSchema;
import org.bpfgate.integrity.sig.internal.sign.MetadataSigner;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Offers one signer per contract. */
final class SigningServices {
    private SigningServices() {}

    static void register(BundleContext context) {
        for (MapSchema schema : MapSchema.values()) {
            register(context, new HornetSigner(schema, InstantSource.system()), schema.contract());
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
}
