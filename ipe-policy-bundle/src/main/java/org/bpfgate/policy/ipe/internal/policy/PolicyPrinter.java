package org.bpfgate.policy.ipe.internal.policy;

import java.nio.charset.StandardCharsets;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.event.Op;
import org.bpfgate.policy.ipe.internal.property.Property;
import org.jspecify.annotations.Nullable;

/**
 * Writes a policy in its canonical form: the dialect where it is not {@code ops8}, the header, the policy's default, and for
 * each operation in the kernel's order its default and its rules, one line each, words parted by one blank, hexadecimal
 * digits in lower case, no comments. Read again, that text gives a policy with the same rules in the same order; written
 * again, the same text.
 */
public final class PolicyPrinter {
    private final StringBuilder text = new StringBuilder();

    private PolicyPrinter() {}

    /** Returns the canonical text of a policy, one byte per character of its names. */
    public static byte[] print(Policy policy) {
        PolicyPrinter printer = new PolicyPrinter();
        printer.header(policy);
        printer.fallback(null, policy.globalDefault());
        for (Op op : Op.values()) {
            OpTable table = policy.about(op);
            printer.fallback(op, table.fallback());
            for (Rule rule : table.rules()) {
                printer.rule(op, rule);
            }
        }
        return printer.text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private void header(Policy policy) {
        if (policy.dialect() != Dialect.OPS8) {
            text.append("# dialect: ").append(policy.dialect().label()).append('\n');
        }
        PolicyHeader header = policy.header();
        text.append("policy_name=")
                .append(header.name())
                .append(" policy_version=")
                .append(header.version());
        text.append('\n');
    }

    private void fallback(@Nullable Op op, @Nullable Ruling ruling) {
        if (ruling != null) {
            text.append(op == null ? "DEFAULT" : "DEFAULT op=" + op);
            action(ruling);
        }
    }

    private void rule(Op op, Rule rule) {
        text.append("op=").append(op);
        for (Property property : rule.properties()) {
            text.append(' ').append(property);
        }
        action(rule.ruling());
    }

    private void action(Ruling ruling) {
        text.append(ruling.allows() ? " action=ALLOW\n" : " action=DENY\n");
    }
}
