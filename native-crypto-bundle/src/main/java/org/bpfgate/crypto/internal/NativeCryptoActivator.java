package org.bpfgate.crypto.internal;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.lang.System.Logger.Level;
import java.security.Security;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/**
 * Makes Amazon Corretto Crypto Provider the JVM's first choice where its native library works on this machine, and takes it
 * back when the bundle stops. Where it does not work, the JDK's own arithmetic stays, which is slower and decides the same.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class NativeCryptoActivator implements BundleActivator {
    private static final System.Logger LOG = System.getLogger("org.bpfgate.crypto");

    private boolean inserted;

    @Override
    public void start(BundleContext context) {
        AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
        Throwable fault = provider.getLoadingError();
        if (fault == null) {
            inserted = Security.insertProviderAt(provider, 1) > 0;
        } else {
            LOG.log(Level.WARNING, "the JDK verifies signatures, since the native library does not load: {0}", fault);
        }
    }

    /** Leaves the provider where it is if somebody else in this JVM had put it there before. */
    @Override
    public void stop(BundleContext context) {
        if (inserted) {
            Security.removeProvider(AmazonCorrettoCryptoProvider.INSTANCE.getName());
        }
    }
}
