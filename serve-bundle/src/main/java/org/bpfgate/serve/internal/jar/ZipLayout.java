package org.bpfgate.serve.internal.jar;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The layout of a zip file, of which all readers see the same: local entries without gaps from the first byte on, one central
 * directory that lists exactly these, its end record as the last bytes. A reader of streams and one of the directory, or two that prefer
 * the first and the last of two entries with one name, cannot be shown different contents.
 *
 * <p>Offsets and signatures are those of APPNOTE.TXT of PKWARE, sections 4.3.7 to 4.3.16.
 */
final class ZipLayout {
    /** No module is near it: the largest that ships has 200 KB. */
    static final long MOST_BYTES = 128L << 20;

    /** What all entries come to when they are unpacked. */
    static final long MOST_CONTENT = 512L << 20;

    /** The digest of a bundle's content reads each entry whole. */
    static final long MOST_OF_ENTRY = 64L << 20;

    static final int MOST_ENTRIES = 20_000;

    private static final int MOST_DIRECTORY = 16 << 20;
    private static final int LONGEST_NAME = 512;

    private static final int END_LENGTH = 22;
    private static final int CENTRAL_LENGTH = 46;
    private static final int LOCAL_LENGTH = 30;

    private static final int END = 0x06054b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final int DESCRIPTOR = 0x08074b50;

    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    /** Sizes and checksum follow the data. */
    private static final int HAS_DESCRIPTOR = 1 << 3;

    /** How hard the packer tried (bits 1 and 2), a descriptor, names in UTF-8 (bit 11). No encryption, no patches. */
    private static final int KNOWN_FLAGS = 0b110 | HAS_DESCRIPTOR | (1 << 11);

    /** Extra fields by which readers see other sizes or names: Zip64, Unicode path of Info-ZIP. */
    private static final Set<Integer> STRANGE_EXTRAS = Set.of(0x0001, 0x7075);

    /**
     * One entry.
     *
     * @param name ends with a slash when it is a directory
     */
    record Entry(String name, int flags, int method, int crc, long packed, long size, long offset) {
        boolean isDirectory() {
            return name.endsWith("/");
        }
    }

    private final FileChannel file;
    private final long length;

    private ZipLayout(FileChannel file) throws IOException {
        this.file = file;
        length = file.size();
    }

    /**
     * Checks the layout of a file.
     *
     * @return its entries, in the order of the file
     * @throws JarException when it is no zip file, or one that readers may see differently, or too large
     */
    static List<Entry> check(Path path) throws IOException, JarException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            return new ZipLayout(file).check();
        } catch (EOFException e) {
            throw JarException.unreadable("is cut off: one of its entries ends behind the end of the file");
        }
    }

    private List<Entry> check() throws IOException, JarException {
        if (length > MOST_BYTES) {
            throw JarException.refused("has " + length + " bytes, and a module has at most " + MOST_BYTES);
        }
        if (length < END_LENGTH) {
            throw JarException.unreadable("is no jar file: it is too short");
        }
        ByteBuffer end = read(length - END_LENGTH, END_LENGTH);
        if (end.getInt(0) != END) {
            throw JarException.unreadable("is no jar file, is cut off, or has something behind its directory");
        }
        int count = Short.toUnsignedInt(end.getShort(10));
        long size = Integer.toUnsignedLong(end.getInt(12));
        long start = Integer.toUnsignedLong(end.getInt(16));
        if (end.getInt(4) != 0 || end.getShort(8) != end.getShort(10) || end.getShort(20) != 0) {
            throw JarException.refused("is one part of several, or has a comment behind its directory");
        }
        if (count > MOST_ENTRIES || size > MOST_DIRECTORY) {
            throw JarException.refused("has " + count + " entries, and a module has at most " + MOST_ENTRIES);
        }
        if (start + size != length - END_LENGTH) {
            throw JarException.refused("has bytes before or behind its directory that belong to no entry");
        }
        List<Entry> entries = directory(read(start, (int) size), count);
        checkNames(entries);
        checkSizes(entries);
        entries.sort(Comparator.comparingLong(Entry::offset));
        long at = 0;
        for (Entry entry : entries) {
            if (entry.offset() != at) {
                throw JarException.refused("has bytes before the entry " + entry.name() + " that belong to no entry");
            }
            at = checkLocal(entry);
        }
        if (at != start) {
            throw JarException.refused("has bytes before its directory that belong to no entry");
        }
        return entries;
    }

    private static List<Entry> directory(ByteBuffer directory, int count) throws JarException {
        List<Entry> entries = new ArrayList<>();
        while (directory.remaining() >= CENTRAL_LENGTH && directory.getInt(directory.position()) == CENTRAL) {
            int at = directory.position();
            int name = Short.toUnsignedInt(directory.getShort(at + 28));
            int extra = Short.toUnsignedInt(directory.getShort(at + 30));
            if (directory.remaining() < CENTRAL_LENGTH + name + extra) {
                break;
            }
            int flags = Short.toUnsignedInt(directory.getShort(at + 8));
            String text = name(directory.slice(at + CENTRAL_LENGTH, name), flags);
            if (directory.getShort(at + 32) != 0 || directory.getShort(at + 34) != 0) {
                throw JarException.refused("has a comment on the entry " + text + ", or the entry is on another disk");
            }
            checkExtras(directory.slice(at + CENTRAL_LENGTH + name, extra).order(ByteOrder.LITTLE_ENDIAN), text);
            entries.add(new Entry(
                    text,
                    flags,
                    Short.toUnsignedInt(directory.getShort(at + 10)),
                    directory.getInt(at + 16),
                    Integer.toUnsignedLong(directory.getInt(at + 20)),
                    Integer.toUnsignedLong(directory.getInt(at + 24)),
                    Integer.toUnsignedLong(directory.getInt(at + 42))));
            directory.position(at + CENTRAL_LENGTH + name + extra);
        }
        if (directory.hasRemaining() || entries.size() != count) {
            throw JarException.unreadable(
                    "has a damaged directory: " + entries.size() + " of " + count + " entries can be read");
        }
        return entries;
    }

    /** Names are ASCII, or say that they are UTF-8; else readers decode them differently. */
    private static String name(ByteBuffer bytes, int flags) throws JarException {
        StringBuilder text = new StringBuilder();
        CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
        try {
            text.append(utf8.decode(bytes.duplicate()));
        } catch (CharacterCodingException e) {
            throw JarException.refused("has an entry whose name is no UTF-8");
        }
        boolean isAscii = text.chars().allMatch(c -> c < 0x80);
        if (text.isEmpty() || text.length() > LONGEST_NAME || (!isAscii && (flags & (1 << 11)) == 0)) {
            throw JarException.refused(
                    "has an entry whose name is empty, longer than " + LONGEST_NAME + ", or in an unknown encoding");
        }
        if (text.chars().anyMatch(Character::isISOControl) || text.indexOf("\\") >= 0 || text.indexOf(":") >= 0) {
            throw JarException.refused("has an entry whose name holds a backslash, a colon or a control character");
        }
        return text.toString();
    }

    private static void checkExtras(ByteBuffer extras, String name) throws JarException {
        while (extras.remaining() >= 4) {
            int kind = Short.toUnsignedInt(extras.getShort());
            int size = Short.toUnsignedInt(extras.getShort());
            if (STRANGE_EXTRAS.contains(kind) || size > extras.remaining()) {
                throw JarException.refused("has an extra field at the entry " + name
                        + " that is damaged, or by which some readers see another name or size");
            }
            extras.position(extras.position() + size);
        }
        if (extras.hasRemaining()) {
            throw JarException.refused("has a damaged extra field at the entry " + name);
        }
    }

    private static void checkNames(List<Entry> entries) throws JarException {
        Set<String> names = new HashSet<>();
        for (Entry entry : entries) {
            String name = entry.name();
            String plain = entry.isDirectory() ? name.substring(0, name.length() - 1) : name;
            for (String word : plain.split("/", -1)) {
                if (word.isEmpty() || word.equals(".") || word.equals("..")) {
                    throw JarException.refused("has an entry that leads elsewhere: " + name);
                }
            }
            // Readers look for the manifest and signatures in any case.
            boolean isMeta = plain.regionMatches(true, 0, "META-INF", 0, 8);
            if (isMeta && !plain.startsWith("META-INF")) {
                throw JarException.refused("has an entry that only some take for one of META-INF: " + name);
            }
            if (!names.add(isMeta ? plain.toUpperCase(Locale.ROOT) : plain)) {
                throw JarException.refused("has two entries named " + plain);
            }
        }
    }

    private static void checkSizes(List<Entry> entries) throws JarException {
        long all = 0;
        for (Entry entry : entries) {
            all += entry.size();
            if (entry.size() > MOST_OF_ENTRY || all > MOST_CONTENT) {
                throw JarException.refused("is too large when unpacked: an entry has at most " + MOST_OF_ENTRY
                        + " bytes and all together " + MOST_CONTENT + "; " + entry.name() + " goes beyond");
            }
            boolean hasMethod = entry.method() == DEFLATED || entry.method() == STORED;
            if (!hasMethod || (entry.flags() & ~KNOWN_FLAGS) != 0) {
                throw JarException.refused("has the entry " + entry.name() + " encrypted or packed in an unusual way");
            }
            boolean hasDescriptor = (entry.flags() & HAS_DESCRIPTOR) != 0;
            if (entry.method() == STORED && (entry.packed() != entry.size() || hasDescriptor)) {
                throw JarException.refused("has two sizes for the entry " + entry.name());
            }
            if (entry.isDirectory() && entry.size() != 0) {
                throw JarException.refused("has content in the directory " + entry.name());
            }
        }
    }

    /** Returns where the entry ends. */
    private long checkLocal(Entry entry) throws IOException, JarException {
        ByteBuffer local = read(entry.offset(), LOCAL_LENGTH);
        int nameLength = Short.toUnsignedInt(local.getShort(26));
        int extra = Short.toUnsignedInt(local.getShort(28));
        boolean hasDescriptor = (entry.flags() & HAS_DESCRIPTOR) != 0;
        boolean same = local.getInt(0) == LOCAL
                && Short.toUnsignedInt(local.getShort(6)) == entry.flags()
                && Short.toUnsignedInt(local.getShort(8)) == entry.method()
                && isSame(local.getInt(14), entry.crc(), hasDescriptor)
                && isSame(local.getInt(18), (int) entry.packed(), hasDescriptor)
                && isSame(local.getInt(22), (int) entry.size(), hasDescriptor);
        if (!same
                || !name(read(entry.offset() + LOCAL_LENGTH, nameLength), entry.flags())
                        .equals(entry.name())) {
            throw JarException.refused(
                    "says two things of the entry " + entry.name() + ": in its directory and before its data");
        }
        long extras = entry.offset() + LOCAL_LENGTH + nameLength;
        checkExtras(read(extras, extra), entry.name());
        long data = extras + extra;
        long end = data + entry.packed();
        if (end > length || !ZipData.isWhole(file, data, entry)) {
            throw JarException.refused("has damaged data in the entry " + entry.name());
        }
        return hasDescriptor ? end + descriptor(entry, end) : end;
    }

    private static boolean isSame(int local, int central, boolean hasDescriptor) {
        return local == central || (hasDescriptor && local == 0);
    }

    /** Returns the length of the descriptor behind the data, with or without a signature. */
    private int descriptor(Entry entry, long at) throws IOException, JarException {
        ByteBuffer descriptor = read(at, 16);
        int values = descriptor.getInt(0) == DESCRIPTOR ? 4 : 0;
        if (descriptor.getInt(values) != entry.crc()
                || descriptor.getInt(values + 4) != (int) entry.packed()
                || descriptor.getInt(values + 8) != (int) entry.size()) {
            throw JarException.refused(
                    "says two things of the entry " + entry.name() + ": in its directory and behind its data");
        }
        return values + 12;
    }

    private ByteBuffer read(long at, int count) throws IOException {
        if (at < 0 || at + count > length) {
            throw new EOFException();
        }
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, at + bytes.position()) < 0) {
                throw new EOFException();
            }
        }
        return bytes.flip();
    }
}
