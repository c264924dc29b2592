import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the time of the build out of a repository index: two builds of one version give the same installation. */
final class IndexWithoutTime {
    private static final Pattern TIME = Pattern.compile("(<repository [^>]*) increment=\"[0-9]+\"");

    public static void main(String... files) throws IOException {
        for (String file : files) {
            Path index = Path.of(file);
            Matcher time = TIME.matcher(Files.readString(index));
            if (!time.find()) {
                throw new IOException(index + ": the repository has no increment");
            }
            Files.writeString(index, time.replaceFirst("$1"));
        }
    }
}
