package org.bpfgate.integrity.hash.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * By what a changed list is noticed: file key (device and inode), size and time of modification of each file, and the generation of
 * the keyrings.
 *
 * @param files one text for each file
 * @param keyrings the generation
 */
record FileStamps(List<String> files, long keyrings) {
    static final FileStamps NONE = new FileStamps(List.of(), 0);

    /** Looks at the files; one that cannot be looked at has a stamp of its own. */
    static FileStamps of(List<Path> files, long keyrings) {
        List<String> stamps = new ArrayList<>();
        for (Path file : files) {
            stamps.add(stamp(file));
        }
        return new FileStamps(stamps, keyrings);
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return found.fileKey() + " " + found.size() + " " + found.lastModifiedTime();
        } catch (IOException e) {
            return "missing";
        }
    }
}
