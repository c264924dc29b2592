package org.bpfgate.kernel.internal.probe;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads instructions: slots of 16 hexadecimal digits in the byte order of a little-endian machine, parted by blanks. {@code xN} behind a
 * slot repeats it. {@code ********} stands for any immediate of a call of a helper or kfunc. For one line.
 */
final class PatternReader {
    private static final Pattern SLOT = Pattern.compile("([0-9a-f]{8})([0-9a-f]{8}|\\*{8})(?:x([1-9][0-9]{0,3}))?");
    private static final String ANY = "********";
    private static final int SLOT_SIZE = 8;
    private static final int IMMEDIATE = 4;

    /** More slots than any probe has: those that try long programs have 4097. */
    private static final int MOST_SLOTS = 8192;

    /** {@code BPF_JMP | BPF_CALL}. */
    private static final byte CALL = (byte) 0x85;

    /** {@code BPF_PSEUDO_KFUNC_CALL}: the source register of a call of a kfunc; that of a helper is 0. */
    private static final int KFUNC = 2;

    private final FeatureProbeReader.Place place;
    private final String text;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream mask = new ByteArrayOutputStream();

    PatternReader(FeatureProbeReader.Place place, String text) {
        this.place = place;
        this.text = text;
    }

    InstructionPattern read() throws FeatureProbeException {
        for (String word : text.split(" ", -1)) {
            Matcher slot = SLOT.matcher(word);
            if (!slot.matches()) {
                throw place.fault(
                        "\"" + word
                                + "\" is no instruction: 16 lower-case hexadecimal digits, ******** for any immediate, xN to repeat");
            }
            int times = slot.group(3) == null ? 1 : Integer.parseInt(slot.group(3));
            if (bytes.size() / SLOT_SIZE + times > MOST_SLOTS) {
                throw place.fault("a probe has " + MOST_SLOTS + " instructions at most");
            }
            for (int i = 0; i < times; i++) {
                add(word, slot.group(1), slot.group(2));
            }
        }
        return InstructionPattern.of(bytes.toByteArray(), mask.toByteArray(), place);
    }

    private void add(String word, String operation, String immediate) throws FeatureProbeException {
        byte[] head = HexFormat.of().parseHex(operation);
        bytes.writeBytes(head);
        mask.writeBytes(filled((byte) -1));
        if (immediate.equals(ANY)) {
            int source = (head[1] & 0xf0) >> 4;
            if (head[0] != CALL || (source != 0 && source != KFUNC)) {
                throw place.fault("\"" + word + "\": only the immediate of a call of a helper or kfunc may vary");
            }
            bytes.writeBytes(filled((byte) 0));
            mask.writeBytes(filled((byte) 0));
        } else {
            bytes.writeBytes(HexFormat.of().parseHex(immediate));
            mask.writeBytes(filled((byte) -1));
        }
    }

    private static byte[] filled(byte with) {
        byte[] four = new byte[IMMEDIATE];
        Arrays.fill(four, with);
        return four;
    }
}
