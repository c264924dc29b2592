package org.bpfgate.policy.ipe.parser.internal;

import org.bpfgate.hook.Errno;
import org.bpfgate.policy.ipe.eval.internal.BpfAttachType;
import org.bpfgate.policy.ipe.eval.internal.BpfName;
import org.bpfgate.policy.ipe.eval.internal.BpfProgType;
import org.bpfgate.program.AttachType;
import org.bpfgate.program.ProgramType;

/** Reads the words about a program: its types and its name. */
final class ProgramWords {
    private ProgramWords() {}

    static BpfProgType type(Word word, String beginning) throws PolicySyntaxException {
        ProgramType[] types = ProgramType.values();
        String[] words = new String[types.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = beginning + types[i].label();
        }
        return new BpfProgType(
                types[indexOf(word, words, "a program type as bpftool prints it, such as " + beginning + "xdp")]);
    }

    static BpfAttachType attachType(Word word, String beginning) throws PolicySyntaxException {
        AttachType[] types = AttachType.values();
        String[] words = new String[types.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = beginning + types[i].label();
        }
        return new BpfAttachType(
                types[indexOf(word, words, "an attach type in lower case, such as " + beginning + "tcx_ingress")]);
    }

    private static int indexOf(Word word, String[] words, String expected) throws PolicySyntaxException {
        for (int i = 0; i < words.length; i++) {
            if (words[i].equals(word.text())) {
                return i;
            }
        }
        throw word.notThe(expected, NearMiss.of(word.text(), words));
    }

    static BpfName name(Word word, String beginning) throws PolicySyntaxException {
        String name = word.valueAfter(beginning);
        if (!BpfName.isName(name)) {
            throw word.error(
                    Errno.EBADMSG,
                    0,
                    "expected " + beginning + "NAME with 1 to 15 letters, digits, _ and ., as a kernel keeps names of"
                            + " programs, found " + word.quoted());
        }
        return new BpfName(name);
    }
}
