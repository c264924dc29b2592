package org.bpfgate.benchmarks.module;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;

/** Makes bundles that bring one {@link NoOpModule} each, with a copy of its class, as modules of different authors have. */
public final class ModuleBundle {
    private static final String IMPORTS = "org.bpfgate.hook,org.bpfgate.program,org.osgi.framework";

    private ModuleBundle() {}

    /**
     * Writes the jar of such a bundle.
     *
     * @param directory where to
     * @param module the name of the module
     * @param version of the bundle, such as {@code 1.0.0}
     * @return the jar
     */
    public static Path write(Path directory, String module, String version) throws IOException {
        Path jar = directory.resolve(module + "-" + version + ".jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest(module, version))) {
            copy(NoOpActivator.class, out);
            copy(NoOpModule.class, out);
        }
        return jar;
    }

    private static Manifest manifest(String module, String version) {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        headers.putValue(Constants.BUNDLE_SYMBOLICNAME, "org.bpfgate.benchmarks." + module);
        headers.putValue(Constants.BUNDLE_VERSION, version);
        headers.putValue(Constants.BUNDLE_ACTIVATOR, NoOpActivator.class.getName());
        headers.putValue(Constants.IMPORT_PACKAGE, IMPORTS);
        headers.putValue(NoOpActivator.MODULE_NAME, module);
        return manifest;
    }

    private static void copy(Class<?> type, JarOutputStream out) throws IOException {
        String entry = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getResourceAsStream("/" + entry)) {
            out.putNextEntry(new JarEntry(entry));
            Objects.requireNonNull(in).transferTo(out);
            out.closeEntry();
        }
    }
}
