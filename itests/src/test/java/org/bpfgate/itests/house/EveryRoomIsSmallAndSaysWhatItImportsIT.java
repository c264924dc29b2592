package org.bpfgate.itests.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sources keep what ARCHITECTURE.md promises of packages and names. */
class EveryRoomIsSmallAndSaysWhatItImportsIT {
    /** More, and nobody sees from {@code ls} what a package is for. Exported packages have what callers need. */
    private static final int MOST_FILES = 20;

    private static final Pattern IMPORTS = Pattern.compile("Imports of this bundle:([^.]*)\\.");
    private static final Pattern CODE = Pattern.compile("\\{@code ([a-z0-9.]+)}");

    static List<String> bundles() throws IOException {
        try (Stream<Path> entries = Files.list(Gate.root())) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.endsWith("-bundle"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void noInternalPackageHasMoreThanTwentyFiles(String bundle) throws IOException {
        Rooms rooms = new Rooms(bundle);
        Map<String, Integer> full = new TreeMap<>();
        for (String room : internal(rooms)) {
            int files = rooms.classes(room).size();
            if (files > MOST_FILES) {
                full.put(room, files);
            }
        }
        assertThat(full).isEmpty();
    }

    /** The sentence names the other packages of the bundle by what comes behind {@code internal}, or says "none". */
    @ParameterizedTest
    @MethodSource("bundles")
    void whatAnInternalPackageSaysOfItsImportsIsTrue(String bundle) throws IOException {
        Rooms rooms = new Rooms(bundle);
        Map<String, Set<String>> said = new TreeMap<>();
        Map<String, Set<String>> found = new TreeMap<>();
        for (String room : internal(rooms)) {
            Matcher sentence = IMPORTS.matcher(rooms.documentation(room).replaceAll("\\s*\\n \\*\\s*", " "));
            Set<String> names = new TreeSet<>();
            if (sentence.find()) {
                Matcher name = CODE.matcher(sentence.group(1));
                while (name.find()) {
                    names.add(name.group(1));
                }
            } else {
                names.add("no sentence \"Imports of this bundle: ...\"");
            }
            said.put(room, names);
            Set<String> imports = new TreeSet<>();
            for (String other : rooms.importsOf(room)) {
                imports.add(shortName(other));
            }
            found.put(room, imports);
        }
        assertThat(said).isEqualTo(found);
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void packagesImportEachOtherOneWay(String bundle) throws IOException {
        Rooms rooms = new Rooms(bundle);
        Map<String, Set<String>> left = new TreeMap<>();
        for (String room : rooms.names()) {
            left.put(room, new TreeSet<>(rooms.importsOf(room)));
        }
        // What imports nothing any more is no part of a circle.
        while (left.values().removeIf(Set::isEmpty)) {
            left.values().forEach(imports -> imports.retainAll(left.keySet()));
        }
        assertThat(left).as("packages in a circle, and what leads there").isEmpty();
    }

    /** A name that went was a riddle; it does not come back with somebody's copy of old code. */
    @Test
    void noNameThatWentIsThere() throws IOException {
        List<String> gone = Files.readAllLines(Gate.root().resolve("itests/src/test/resources/names-that-went.txt"));
        List<String> back = new ArrayList<>();
        for (String bundle : bundles()) {
            Rooms rooms = new Rooms(bundle);
            for (String room : rooms.names()) {
                for (Path file : rooms.classes(room)) {
                    if (gone.contains(file.getFileName().toString().replace(".java", ""))) {
                        back.add(file.toString());
                    }
                }
            }
        }
        assertThat(gone).hasSizeGreaterThan(20);
        assertThat(back).isEmpty();
    }

    private static List<String> internal(Rooms rooms) {
        return rooms.names().stream()
                .filter(name -> (name + ".").contains(".internal."))
                .toList();
    }

    private static String shortName(String room) {
        return room.replaceFirst(".*\\.internal\\.", "");
    }
}
