package org.bpfgate.policy.ipe.internal.vocabulary;

import java.util.Arrays;
import org.bpfgate.hook.Errno;
import org.bpfgate.policy.ipe.internal.bpf.Licenses;
import org.bpfgate.policy.ipe.internal.bpf.MapType;
import org.bpfgate.policy.ipe.internal.event.LoadedProgram;
import org.bpfgate.policy.ipe.internal.property.BpfInsnMax;
import org.bpfgate.policy.ipe.internal.property.BpfMapType;
import org.bpfgate.policy.ipe.internal.property.Property;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;
import org.bpfgate.policy.ipe.internal.text.Suggestion;
import org.bpfgate.program.AttachType;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;

/** Reads the words about a program: its types, its name, its size and its maps. */
final class ProgramParser {
    private static final String NOT = "!";

    private ProgramParser() {}

    static Property type(ValueWord word) throws PolicySyntaxException {
        ProgramType[] types = ProgramType.values();
        String[] labels = Arrays.stream(types).map(ProgramType::label).toArray(String[]::new);
        String expected = "a program type as bpftool prints it, such as " + word.beginning() + "xdp";
        ProgramType type = types[indexOf(word, word.beginning(), labels, expected)];
        return word.key().wants(type, type.label());
    }

    static Property attachType(ValueWord word) throws PolicySyntaxException {
        AttachType[] types = AttachType.values();
        String[] labels = Arrays.stream(types).map(AttachType::label).toArray(String[]::new);
        String expected = "an attach type in lower case, such as " + word.beginning() + "tcx_ingress";
        AttachType type = types[indexOf(word, word.beginning(), labels, expected)];
        return word.key().wants(type, type.label());
    }

    static BpfMapType mapType(ValueWord word) throws PolicySyntaxException {
        MapType[] types = MapType.values();
        String[] labels = Arrays.stream(types).map(MapType::label).toArray(String[]::new);
        String expected = "a map type as bpftool prints it, such as " + word.beginning() + "ringbuf";
        boolean used = !word.value().startsWith(NOT);
        String prefix = word.beginning() + (used ? "" : NOT);
        return new BpfMapType(types[indexOf(word, prefix, labels, expected)], used);
    }

    private static int indexOf(ValueWord word, String prefix, String[] labels, String expected)
            throws PolicySyntaxException {
        String[] words = new String[labels.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = prefix + labels[i];
            if (words[i].equals(word.word().text())) {
                return i;
            }
        }
        throw word.word().notThe(expected, Suggestion.of(word.word().text(), words));
    }

    static Property digest(ValueWord word) throws PolicySyntaxException {
        ProgramDigest digest = ProgramDigest.parse(Sha256Parser.parse(word).hex());
        return word.key().wants(digest, digest.toString());
    }

    static Property name(ValueWord word) throws PolicySyntaxException {
        if (!isName(word.value())) {
            throw word.word()
                    .error(
                            Errno.EBADMSG,
                            0,
                            "expected " + word.beginning()
                                    + "NAME with 1 to 15 letters, digits, _ and ., as a kernel keeps names of programs, found "
                                    + word.word().quoted());
        }
        return word.key().wants(word.value(), word.value());
    }

    /** Returns whether a text is 1 to 15 of the characters that {@code bpf_obj_name_cpy()} lets through. */
    private static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '_' && c != '.') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= LoadedProgram.MAX_NAME_LENGTH;
    }

    static Property license(ValueWord word) throws PolicySyntaxException {
        if (word.value().isEmpty() || word.value().length() > Licenses.MAX_LENGTH) {
            throw word.word()
                    .notThe("a licence of 1 to 127 bytes with _ for each blank, such as " + word.beginning()
                            + "Dual_BSD/GPL");
        }
        return word.key().wants(word.value(), word.value());
    }

    static BpfInsnMax instructions(ValueWord word) throws PolicySyntaxException {
        return new BpfInsnMax((int) NumberParser.read(word, "a number of instructions", 1, Integer.MAX_VALUE));
    }
}
