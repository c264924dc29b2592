package org.bpfgate.integrity.hash.internal.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Identifies the state of a file: device, inode, size, and the times of the last change of its content and of its attributes. The
 * last one also changes when a file becomes readable, and cannot be set back.
 *
 * @param text these values
 */
record FileStamp(String text) {
    private static final String ATTRIBUTES = "unix:dev,ino,size,lastModifiedTime,ctime";

    /** Looks at a file; one that cannot be looked at has a stamp of its own. Links are followed. */
    static FileStamp of(Path file) {
        try {
            return new FileStamp(Files.readAttributes(file, ATTRIBUTES).toString());
        } catch (IOException e) {
            return new FileStamp("missing");
        }
    }
}
