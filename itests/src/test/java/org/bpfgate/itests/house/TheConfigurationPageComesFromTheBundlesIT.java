package org.bpfgate.itests.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.bpfgate.itests.Gate;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * docs/configuration.md and the sample files show what the bundles tell consoles of their settings; {@code -Dbpfgate.write=true} writes
 * them.
 */
class TheConfigurationPageComesFromTheBundlesIT {
    private static final List<String> BUNDLES = List.of(
            "framework-bundle",
            "integrity-sig-bundle",
            "integrity-hash-bundle",
            "ipe-policy-bundle",
            "kernel-bundle",
            "observe-bundle",
            "serve-bundle");

    private static final String HEAD = """
            # Settings

            Every key of every PID, as Configuration Admin takes it and as the metatype of the bundles tells it. [osgi.md](osgi.md#settings) says in
            which forms values may come and what becomes of a bad one. `conf/samples` of an installation has a file for each PID, to be copied to `conf.d` of
            the [running gate](serve.md). This page is made from the bundles by a test.

            | PID | key | type | default | meaning |
            |---|---|---|---|---|
            """;

    @Test
    void toTheLetter() throws Exception {
        Path page = Gate.root().resolve("docs/configuration.md");
        String made = page();
        if (Boolean.getBoolean("bpfgate.write")) {
            Files.writeString(page, made);
        }
        assertThat(page).hasContent(made);
    }

    @Test
    void asFilesToBeCopiedToo() throws Exception {
        Path directory = Gate.root().resolve("distribution/src/main/conf/samples");
        Map<String, String> made = samples();
        if (Boolean.getBoolean("bpfgate.write")) {
            Files.createDirectories(directory);
            for (Map.Entry<String, String> sample : made.entrySet()) {
                Files.writeString(directory.resolve(sample.getKey()), sample.getValue());
            }
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(made.keySet());
        }
        for (Map.Entry<String, String> sample : made.entrySet()) {
            assertThat(directory.resolve(sample.getKey())).hasContent(sample.getValue());
        }
    }

    /** Returns the texts by file name. A configuration of a factory has a name of its own behind the PID. */
    private static Map<String, String> samples() throws Exception {
        Map<String, String> samples = new TreeMap<>();
        for (String bundle : BUNDLES) {
            for (Element designate : designates(bundle)) {
                boolean isFactory = designate.hasAttribute("factoryPid");
                String pid = designate.getAttribute(isFactory ? "factoryPid" : "pid");
                StringBuilder text = new StringBuilder("# Settings of ")
                        .append(pid)
                        .append(isFactory ? ", of which there may be several: each file is one.\n" : ".\n")
                        .append("# Every key with its default; take the # before one away to change it.\n");
                for (Element attribute : elements(designate.getOwnerDocument().getDocumentElement(), "AD")) {
                    text.append('\n')
                            .append(comment(attribute.getAttribute("description")))
                            .append('#')
                            .append(attribute.getAttribute("id"))
                            .append('=')
                            .append(attribute.getAttribute("default"))
                            .append('\n');
                }
                samples.put(pid + (isFactory ? "~example" : "") + ".cfg", text.toString());
            }
        }
        return samples;
    }

    /** Lines of at most 100 characters. */
    private static String comment(String description) {
        StringBuilder lines = new StringBuilder("#");
        int length = 1;
        for (String word : description.replace("`", "").split(" ", -1)) {
            if (length + 1 + word.length() > 100) {
                lines.append("\n#");
                length = 1;
            }
            lines.append(' ').append(word);
            length += 1 + word.length();
        }
        return lines.append('\n').toString();
    }

    private static String page() throws Exception {
        StringBuilder page = new StringBuilder(HEAD);
        Set<String> plain = new HashSet<>();
        for (String bundle : BUNDLES) {
            List<Element> designates = designates(bundle);
            designates.sort((a, b) -> Boolean.compare(a.hasAttribute("factoryPid"), b.hasAttribute("factoryPid")));
            for (Element designate : designates) {
                boolean isFactory = designate.hasAttribute("factoryPid");
                String pid = designate.getAttribute(isFactory ? "factoryPid" : "pid");
                String cell = (isFactory ? "factory " : "") + "`" + pid + "`";
                for (Element attribute : elements(designate.getOwnerDocument().getDocumentElement(), "AD")) {
                    if (!isFactory || !plain.contains(pid + " " + attribute.getAttribute("id"))) {
                        page.append(row(cell, attribute));
                        cell = "";
                    }
                    plain.add(pid + " " + attribute.getAttribute("id"));
                }
                if (isFactory) {
                    page.append("| | all keys of `").append(pid).append("` | | | |\n");
                }
            }
        }
        return page.toString();
    }

    private static String row(String pid, Element attribute) {
        String value = attribute.hasAttribute("default") ? attribute.getAttribute("default") : "";
        boolean isRequired = !"false".equals(attribute.getAttribute("required"));
        String standard = isRequired ? "required" : value.isEmpty() ? "–" : "`" + value + "`";
        return "| " + pid + " | `" + attribute.getAttribute("id") + "` | " + type(attribute) + " | " + standard + " | "
                + attribute.getAttribute("description") + " |\n";
    }

    private static String type(Element attribute) {
        StringJoiner options = new StringJoiner(", ");
        for (Element option : elements(attribute, "Option")) {
            options.add("`" + option.getAttribute("value") + "`");
        }
        if (options.length() > 0) {
            return options.toString();
        }
        String range = attribute.hasAttribute("min")
                ? ", " + attribute.getAttribute("min") + " to " + attribute.getAttribute("max")
                : "";
        return switch (attribute.getAttribute("type")) {
            case "Boolean" -> "boolean";
            case "Integer", "Long" -> "number" + range;
            default -> attribute.hasAttribute("cardinality") ? "texts" : "text";
        };
    }

    private static List<Element> designates(String bundle)
            throws IOException, ParserConfigurationException, SAXException {
        List<Element> designates = new ArrayList<>();
        try (JarFile jar = new JarFile(Gate.jar(bundle).toFile())) {
            List<JarEntry> entries = Collections.list(jar.entries());
            for (JarEntry entry : entries) {
                if (entry.getName().matches("OSGI-INF/metatype/.*\\.xml")) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        designates.addAll(elements(
                                DocumentBuilderFactory.newInstance()
                                        .newDocumentBuilder()
                                        .parse(in)
                                        .getDocumentElement(),
                                "Designate"));
                    }
                }
            }
        }
        assertThat(designates).as(bundle).isNotEmpty();
        return designates;
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }
}
