package org.bpfgate.crypto.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

class TheProviderComesAndGoesWithTheBundleTest {
    private static final Provider NATIVE = AmazonCorrettoCryptoProvider.INSTANCE;

    @TempDir
    Path directory;

    private final NativeCryptoActivator activator = new NativeCryptoActivator();
    private Framework framework;
    private BundleContext context;

    @BeforeEach
    void start() throws Exception {
        Throwable fault = AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError();
        Assumptions.assumeTrue(fault == null, () -> "the native library does not load here: " + fault);
        framework = new FrameworkFactory().newFramework(Map.of(Constants.FRAMEWORK_STORAGE, directory.toString()));
        framework.start();
        context = framework.getBundleContext();
    }

    @AfterEach
    void stop() throws Exception {
        Security.removeProvider(NATIVE.getName());
        if (framework != null) {
            framework.stop();
            framework.waitForStop(10_000);
        }
    }

    @ParameterizedTest
    @CsvSource({"RSA, SHA256withRSA", "EC, SHA256withECDSA", "RSA, SHA512withRSA", "EC, SHA384withECDSA"})
    void whileItRunsSignaturesAreVerifiedByNativeCode(String key, String algorithm) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance(key).generateKeyPair();
        Provider before = verifier(algorithm, pair);
        activator.start(context);
        assertThat(verifier(algorithm, pair)).isEqualTo(NATIVE);
        activator.stop(context);
        assertThat(verifier(algorithm, pair)).isEqualTo(before).isNotEqualTo(NATIVE);
    }

    /** Verifies a signature of the JDK's and returns who did it. */
    private static Provider verifier(String algorithm, KeyPair pair) throws Exception {
        Signature signer = Signature.getInstance(
                algorithm, pair.getPrivate() instanceof java.security.interfaces.RSAKey ? "SunRsaSign" : "SunEC");
        signer.initSign(pair.getPrivate());
        signer.update((byte) 1);
        byte[] signature = signer.sign();
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(pair.getPublic());
        verifier.update((byte) 1);
        assertThat(verifier.verify(signature)).isTrue();
        return verifier.getProvider();
    }

    @Test
    void aProviderThatTheEmbeddingProgramPutThereStays() {
        Security.addProvider(NATIVE);
        activator.start(context);
        activator.stop(context);
        assertThat(Security.getProvider(NATIVE.getName())).isEqualTo(NATIVE);
    }
}
