package org.bpfgate.launcher;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.connect.ConnectContent;

/** The content of one bundle that lies on the class path: entries from its jar, classes from the application's loader. */
public final class ClassPathContent implements ConnectContent {
    private final File jar;
    private @Nullable ZipFile zip;

    /**
     * Content that is not opened yet.
     *
     * @param jar the file of the bundle
     */
    public ClassPathContent(File jar) {
        this.jar = jar;
    }

    /** Leaves the headers to the manifest. */
    @Override
    public Optional<Map<String, String>> getHeaders() {
        return Optional.empty();
    }

    @Override
    public Iterable<String> getEntries() {
        List<String> names = opened().stream().map(ZipEntry::getName).toList();
        return names;
    }

    @Override
    public Optional<ConnectEntry> getEntry(String path) {
        ZipFile file = opened();
        return Optional.ofNullable(file.getEntry(path)).map(entry -> new JarContentEntry(file, entry));
    }

    @Override
    public Optional<ClassLoader> getClassLoader() {
        return Optional.of(ClassPathContent.class.getClassLoader());
    }

    @Override
    public void open() throws IOException {
        if (zip == null) {
            zip = new ZipFile(jar);
        }
    }

    @Override
    public void close() throws IOException {
        if (zip != null) {
            zip.close();
            zip = null;
        }
    }

    private ZipFile opened() {
        return Objects.requireNonNull(zip, "the framework opens the content before it reads it");
    }

    /** One file in the jar. */
    private record JarContentEntry(ZipFile zip, ZipEntry entry) implements ConnectEntry {
        @Override
        public String getName() {
            return entry.getName();
        }

        @Override
        public long getContentLength() {
            return entry.getSize();
        }

        @Override
        public long getLastModified() {
            return entry.getTime();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return zip.getInputStream(entry);
        }
    }
}
