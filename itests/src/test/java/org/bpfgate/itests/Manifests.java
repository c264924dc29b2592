package org.bpfgate.itests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The manifests of the bundles that ship, as they were built. */
public final class Manifests {
    /** A comma outside quotation marks: values such as {@code uses:="a,b"} hold commas too. */
    private static final Pattern BETWEEN_CLAUSES = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

    private Manifests() {}

    /** The names of the bundles' files, without the extension. */
    public static List<String> modules() throws IOException {
        List<String> names = new ArrayList<>();
        for (String directory : Gate.BUNDLES) {
            try (Stream<Path> jars = Files.list(Gate.installation().resolve(directory))) {
                jars.map(jar -> jar.getFileName().toString().replace(".jar", ""))
                        .filter(name -> name.endsWith("-bundle"))
                        .forEach(names::add);
            }
        }
        return names.stream().sorted().toList();
    }

    /** All headers of one bundle. */
    public static Attributes headers(String module) throws IOException {
        try (JarFile jar = new JarFile(Gate.jar(module).toFile())) {
            return jar.getManifest().getMainAttributes();
        }
    }

    /** The names of the clauses of one header, without attributes and directives; empty where the header is missing. */
    public static Set<String> names(String module, String header) throws IOException {
        String value = headers(module).getValue(header);
        return BETWEEN_CLAUSES
                .splitAsStream(value == null ? "" : value)
                .filter(clause -> !clause.isBlank())
                .map(clause -> clause.replaceFirst(";.*", "").trim())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The packages of one bundle whose classes name a class of another package, in the form of directories. */
    public static Set<String> packagesThatUse(String module, String other) throws IOException {
        String prefix = other.replace('.', '/') + "/";
        Set<String> packages = new TreeSet<>();
        try (JarFile jar = new JarFile(Gate.jar(module).toFile())) {
            for (JarEntry entry : jar.stream()
                    .filter(file -> file.getName().endsWith(".class"))
                    .toList()) {
                String content = new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
                if (content.contains(prefix)) {
                    packages.add(entry.getName().replaceFirst("/[^/]*$", ""));
                }
            }
        }
        return packages;
    }
}
