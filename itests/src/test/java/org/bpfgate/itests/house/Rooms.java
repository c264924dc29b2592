package org.bpfgate.itests.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bpfgate.itests.Gate;

/** The packages of one bundle, as its sources have them. */
final class Rooms {
    private static final Pattern NAME = Pattern.compile("\\borg\\.bpfgate(?:\\.[a-z0-9]+)+\\b");

    private final Map<String, List<Path>> files = new TreeMap<>();

    /**
     * Reads the packages of a module of this project.
     *
     * @param module the name of its directory
     */
    Rooms(String module) throws IOException {
        Path sources = Gate.root().resolve(module).resolve("src/main/java");
        if (!Files.isDirectory(sources)) {
            return;
        }
        try (Stream<Path> all = Files.walk(sources)) {
            all.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .forEach(file -> files.computeIfAbsent(
                                    sources.relativize(file.getParent())
                                            .toString()
                                            .replace('/', '.'),
                                    key -> new ArrayList<>())
                            .add(file));
        }
    }

    /** Returns the names of the packages. */
    Set<String> names() {
        return files.keySet();
    }

    /** Returns the files with classes of a package. */
    List<Path> classes(String room) {
        return files.getOrDefault(room, List.of()).stream()
                .filter(file -> !file.endsWith("package-info.java"))
                .toList();
    }

    /** Returns the text of a package's documentation; empty when it has none. */
    String documentation(String room) throws IOException {
        for (Path file : files.getOrDefault(room, List.of())) {
            if (file.endsWith("package-info.java")) {
                return Files.readString(file);
            }
        }
        return "";
    }

    /** Returns the other packages of this bundle that a package's classes name in code. */
    Set<String> importsOf(String room) {
        Set<String> imports = new TreeSet<>();
        for (Path file : classes(room)) {
            Matcher name = NAME.matcher(withoutComments(file));
            while (name.find()) {
                if (files.containsKey(name.group()) && !name.group().equals(room)) {
                    imports.add(name.group());
                }
            }
        }
        return imports;
    }

    private static String withoutComments(Path file) {
        try {
            return Files.readString(file).replaceAll("(?s)/\\*.*?\\*/|//[^\n]*", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
