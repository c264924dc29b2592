package org.bpfgate.policy.ipe.internal.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.bpfgate.hook.Errno;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.policy.ipe.internal.policy.PolicyPrinter;
import org.bpfgate.policy.ipe.internal.text.Diagnostic;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;

/** What holds for every text: it is a policy that can be written, or all its errors lie inside it. */
final class ParserOracle {
    private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");

    private ParserOracle() {}

    static void check(byte[] text, Dialect dialect) {
        PolicySource source = PolicyParser.read(text, dialect);
        assertThat(source.policy().isPresent()).isEqualTo(source.errors().isEmpty());
        String[] lines = LINE_END.split(new String(text, StandardCharsets.ISO_8859_1), -1);
        for (Diagnostic error : source.errors()) {
            check(error, lines);
        }
        try {
            Policy policy = PolicyParser.parse(text, dialect);
            assertThat(policy.text()).isEqualTo(text);
            byte[] printed = PolicyPrinter.print(policy);
            assertThat(PolicyPrinter.print(PolicyParser.parse(printed))).isEqualTo(printed);
        } catch (PolicySyntaxException e) {
            assertThat(source.errors()).startsWith(e.diagnostic());
        }
    }

    private static void check(Diagnostic error, String[] lines) {
        assertThat(error.errno()).isIn(Errno.EBADMSG, Errno.EINVAL, Errno.ERANGE);
        assertThat(error.message()).isNotBlank().doesNotContainPattern("[\\x00-\\x1f\\x7f]");
        assertThat(error.line()).isBetween(1, lines.length);
        assertThat(error.column()).isBetween(1, lines[error.line() - 1].length() + 1);
    }
}
