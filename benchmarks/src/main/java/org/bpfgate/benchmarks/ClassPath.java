package org.bpfgate.benchmarks;

import java.io.File;
import java.nio.file.Path;
import java.util.StringTokenizer;

/** The class path of this JVM, on which the bundles lie. */
final class ClassPath {
    private ClassPath() {}

    /**
     * Finds the jar of a bundle.
     *
     * @param artifact the name of the jar without its extension
     * @throws IllegalStateException when the class path has no such jar
     */
    static Path jar(String artifact) {
        StringTokenizer elements = new StringTokenizer(System.getProperty("java.class.path"), File.pathSeparator);
        while (elements.hasMoreTokens()) {
            Path path = Path.of(elements.nextToken());
            if (path.endsWith(artifact + ".jar")) {
                return path;
            }
        }
        throw new IllegalStateException("the class path has no " + artifact + ".jar");
    }
}
