package org.bpfgate.itests;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.Deflater;
import org.bpfgate.itests.modules.ModuleActivator;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;

/**
 * Makes the jars of a small module bundle, one for each version; see {@link ModuleActivator}.
 *
 * @param lsm the name of the module, and the end of the symbolic name of the bundle
 * @param kind {@code verifier}, {@code policy} or {@code kernel-style}
 * @param ranking its service ranking
 */
public record ModuleJar(String lsm, String kind, int ranking) {
    private static final String PACKAGE = "org/bpfgate/itests/modules/";
    private static final List<String> CLASSES =
            List.of("ModuleActivator", "EvenVerifier", "EvenPolicy", "KernelStylePolicy");
    private static final String IMPORTS =
            "org.bpfgate.hook,org.bpfgate.program,org.bpfgate.integrity,org.osgi.framework";

    public static ModuleJar verifier(String lsm, int ranking) {
        return new ModuleJar(lsm, "verifier", ranking);
    }

    public static ModuleJar policy(String lsm, int ranking) {
        return new ModuleJar(lsm, "policy", ranking);
    }

    /** The jar of version {@code number}.0.0. */
    public InputStream version(int number) {
        return named(lsm, number);
    }

    /** The same with another name of its module. */
    public InputStream named(String module, int number) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest(module, number))) {
            jar.setLevel(Deflater.NO_COMPRESSION);
            for (String name : CLASSES) {
                jar.putNextEntry(new JarEntry(PACKAGE + name + ".class"));
                jar.write(classFile(name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a jar in memory cannot fail", e);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    /** Installs one version, beside others that are there. */
    public Bundle install(BundleContext context, int number) throws BundleException {
        return context.installBundle("test:" + lsm + ":" + number, version(number));
    }

    private Manifest manifest(String module, int number) {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        main.putValue(Constants.BUNDLE_SYMBOLICNAME, "test." + lsm);
        main.putValue(Constants.BUNDLE_VERSION, number + ".0.0");
        main.putValue(Constants.BUNDLE_ACTIVATOR, ModuleActivator.class.getName());
        main.putValue(Constants.IMPORT_PACKAGE, IMPORTS);
        main.putValue(ModuleActivator.LSM, module);
        main.putValue(ModuleActivator.KIND, kind);
        main.putValue(ModuleActivator.RANKING, Integer.toString(ranking));
        return manifest;
    }

    private static byte[] classFile(String name) throws IOException {
        try (InputStream in = ModuleJar.class.getResourceAsStream("/" + PACKAGE + name + ".class")) {
            if (in == null) {
                throw new IOException("the test has no class " + name);
            }
            return in.readAllBytes();
        }
    }
}
