package org.bpfgate.itests.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bpfgate.itests.Gate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a page refers to is there, in the source tree and in an installation. */
class LinksOfThePagesResolveIT {
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(?:#[^)]*)?\\)");

    static List<Path> places() {
        return List.of(Gate.root(), Gate.installation());
    }

    @ParameterizedTest
    @MethodSource("places")
    void everyFileIsThere(Path place) throws IOException {
        List<String> dead = new ArrayList<>();
        List<Path> pages = pages(place);
        for (Path page : pages) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                String target = link.group(1);
                if (!target.contains("://") && !Files.exists(page.resolveSibling(target))) {
                    dead.add(place.relativize(page) + ": " + target);
                }
            }
        }
        assertThat(pages).hasSizeGreaterThan(20);
        assertThat(dead).isEmpty();
    }

    @Test
    void theIndexHasEveryPage() throws IOException {
        Path docs = Gate.root().resolve("docs");
        Set<String> linked = new TreeSet<>();
        Matcher link = LINK.matcher(Files.readString(docs.resolve("README.md")));
        while (link.find()) {
            linked.add(link.group(1));
        }
        try (Stream<Path> files = Files.walk(docs)) {
            assertThat(linked)
                    .containsAll(files.filter(file -> file.toString().endsWith(".md"))
                            .filter(file -> !file.endsWith("docs/README.md"))
                            .map(file -> docs.relativize(file).toString())
                            .toList());
        }
    }

    private static List<Path> pages(Path place) throws IOException {
        List<Path> pages = new ArrayList<>();
        for (Path tree : List.of(place.resolve("docs"), place.resolve("examples"))) {
            try (Stream<Path> files = Files.walk(tree)) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
            }
        }
        for (String page : List.of(
                "README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "RELEASING.md", "SECURITY.md")) {
            pages.add(place.resolve(page));
        }
        return pages;
    }
}
