import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Measures the sources of the bundles: {@code java .ci/House.java} in the root of the project. docs/house.md tells what it counts. */
class House {
    private static final Pattern SEALED = Pattern.compile("(?m)^\\s*(?:[a-z]+ )*sealed (?:[a-z]+ )*(?:interface|class) ");
    private static final Pattern RECORD = Pattern.compile("(?m)^\\s*(?:[a-z]+ )*record [A-Z]\\w*(?:<[^>]*>)?\\(");
    private static final int SHORT = 25;

    private House() {}

    /** Prints a table of all bundles, with a line for each and one for all. */
    public static void main(String[] arguments) throws IOException {
        System.out.printf(
                "%-22s %7s %9s %-16s %-18s %7s %10s %7s %8s%n",
                "", "files", "packages", "files/package", "lines/file", "short", "internal", "sealed", "records");
        System.out.printf(
                "%-22s %7s %9s %-16s %-18s %7s %10s %7s %8s%n",
                "", "", "", "median/p90/max", "median/p90/max", "<25", "lone/all", "", "");
        List<Path> all = new ArrayList<>();
        try (Stream<Path> modules = Files.list(Path.of("."))) {
            for (Path module : modules.filter(path -> path.toString().endsWith("-bundle")).sorted().toList()) {
                List<Path> sources = sources(module);
                all.addAll(sources);
                print(module.getFileName().toString(), sources);
            }
        }
        print("all", all);
    }

    private static List<Path> sources(Path module) throws IOException {
        Path root = module.resolve("src/main/java");
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .toList();
        }
    }

    private static void print(String name, List<Path> sources) throws IOException {
        Map<Path, Integer> packages = new TreeMap<>();
        List<Integer> lines = new ArrayList<>();
        long sealed = 0;
        long records = 0;
        for (Path source : sources) {
            String text = Files.readString(source);
            packages.merge(source.getParent(), 1, Integer::sum);
            lines.add((int) text.lines().count());
            sealed += SEALED.matcher(text).results().count();
            records += RECORD.matcher(text).results().count();
        }
        long few = lines.stream().filter(count -> count < SHORT).count();
        List<Path> internal = internal(packages);
        long lone = internal.stream().filter(House::isLone).count();
        System.out.printf(
                "%-22s %7d %9d %-16s %-18s %6d%% %10s %7d %8d%n",
                name,
                sources.size(),
                packages.size(),
                quantiles(new ArrayList<>(packages.values())),
                quantiles(lines),
                sources.isEmpty() ? 0 : Math.round(100.0 * few / sources.size()),
                lone + "/" + internal.size(),
                sealed,
                records);
    }

    /** Folders called "internal". */
    private static List<Path> internal(Map<Path, Integer> packages) {
        return packages.keySet().stream()
                .flatMap(path -> Stream.iterate(path, folder -> folder != null, Path::getParent))
                .filter(path -> path.endsWith("internal"))
                .distinct()
                .toList();
    }

    /** Whether such a folder is all that its parent holds: a storey with one door. */
    private static boolean isLone(Path internal) {
        try (Stream<Path> beside = Files.list(internal.getParent())) {
            return beside.count() == 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String quantiles(List<Integer> values) {
        if (values.isEmpty()) {
            return "-";
        }
        List<Integer> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2)
                + "/" + sorted.get((int) Math.ceil(0.9 * sorted.size()) - 1)
                + "/" + sorted.get(sorted.size() - 1);
    }
}
