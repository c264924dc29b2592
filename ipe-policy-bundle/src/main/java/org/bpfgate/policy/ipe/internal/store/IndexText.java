package org.bpfgate.policy.ipe.internal.store;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bpfgate.integrity.Signer;
import org.bpfgate.policy.LoadedPolicy.Origin;
import org.bpfgate.policy.ipe.internal.event.Sha256;
import org.bpfgate.policy.ipe.internal.policy.PolicyVersion;
import org.jspecify.annotations.Nullable;

/**
 * The index as a file: a line per policy, words parted by single blanks, which no name has in it, and a digest over all of it
 * at the end, so that a damaged file is never taken for an older or an empty one.
 */
final class IndexText {
    private static final String TITLE = "bpfgate-policies 1";
    private static final String UNSIGNED = "unsigned";
    private static final String SIGNED = "signed";
    private static final String ACTIVE = "active";
    private static final String END = "sha256";

    private IndexText() {}

    /** Writes an index. */
    static byte[] print(Index index) {
        StringBuilder text = new StringBuilder(TITLE).append('\n');
        for (Entry entry : index.entries()) {
            print(entry, text);
        }
        Active active = index.active();
        if (active != null) {
            line(text, ACTIVE, active.name(), active.version().toString());
        }
        line(text, END, Sha256.of(bytes(text.toString())));
        return bytes(text.toString());
    }

    private static void print(Entry entry, StringBuilder text) {
        String version = entry.version().toString();
        Signer signer = entry.signer();
        if (signer == null) {
            line(text, UNSIGNED, entry.name(), version, entry.digest());
        } else {
            String subject = URLEncoder.encode(signer.subject(), StandardCharsets.UTF_8);
            line(text, SIGNED, entry.name(), version, entry.digest(), signer.certificate(), subject);
        }
    }

    private static void line(StringBuilder text, String... words) {
        text.append(String.join(" ", words)).append('\n');
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Reads an index. */
    static Index parse(byte[] file) throws DamagedIndexException {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        List<String> lines = List.of(text.split("\n", -1));
        int last = lines.size() - 2;
        if (last < 1 || !lines.get(0).equals(TITLE) || !lines.get(last + 1).isEmpty()) {
            throw new DamagedIndexException(1, "not the index of a policy store of this version");
        }
        String covered = text.substring(0, text.length() - lines.get(last).length() - 1);
        if (!lines.get(last).equals(END + " " + Sha256.of(bytes(covered)))) {
            throw new DamagedIndexException(last + 1, "the digest does not fit the lines before it");
        }
        Index index = Index.EMPTY;
        for (int i = 1; i < last; i++) {
            index = add(index, lines.get(i).split(" ", -1), i + 1);
        }
        return index;
    }

    private static Index add(Index index, String[] words, int line) throws DamagedIndexException {
        PolicyVersion version = words.length < 3 ? null : Versions.parse(words[2]);
        if (version == null) {
            throw new DamagedIndexException(line, "a name and a version are missing");
        }
        if (words[0].equals(ACTIVE) && words.length == 3) {
            return index.withActive(new Active(words[1], version));
        }
        Entry entry = entry(words, version);
        if (entry == null) {
            throw new DamagedIndexException(line, "not a policy");
        }
        return index.with(entry);
    }

    private static @Nullable Entry entry(String[] words, PolicyVersion version) {
        try {
            if (words[0].equals(UNSIGNED) && words.length == 4) {
                return new Entry(words[1], version, Origin.UNSIGNED, words[3], null);
            }
            if (words[0].equals(SIGNED) && words.length == 6) {
                Signer signer = new Signer(words[4], URLDecoder.decode(words[5], StandardCharsets.UTF_8));
                return new Entry(words[1], version, Origin.SIGNED, words[3], signer);
            }
            return null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
