package org.bpfgate.policy.ipe.internal.vocabulary;

import org.bpfgate.policy.ipe.internal.property.load.BpfClientUid;
import org.bpfgate.policy.ipe.internal.property.load.BpfClientUnit;
import org.bpfgate.policy.ipe.internal.property.load.UnitType;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;
import org.bpfgate.policy.ipe.internal.text.Suggestion;

/** Reads the words about the process that asks. */
final class ClientParser {
    private ClientParser() {}

    static BpfClientUid uid(ValueWord word) throws PolicySyntaxException {
        return new BpfClientUid(NumberParser.read(word, "a user id", 0, BpfClientUid.MAX));
    }

    static BpfClientUnit unit(ValueWord word) throws PolicySyntaxException {
        String unit = word.value();
        String example = "such as " + word.beginning() + "cilium.service";
        if (!BpfClientUnit.isUnit(unit)) {
            throw word.word().notThe("a systemd unit with its type, " + example);
        }
        String type = unit.substring(unit.lastIndexOf('.') + 1);
        if (!UnitType.isKnown(type)) {
            String near = Suggestion.of(type, UnitType.names());
            String name = word.beginning() + unit.substring(0, unit.lastIndexOf('.') + 1);
            throw word.word()
                    .notThe("a systemd unit of a type that systemd has, " + example, near == null ? null : name + near);
        }
        return new BpfClientUnit(unit);
    }
}
