package org.bpfgate.policy.ipe.parser.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.bpfgate.hook.Errno;
import org.bpfgate.policy.ipe.eval.internal.Dialect;

/** What holds for every text: it is a policy, or it has one error that lies inside it. */
final class ParserOracle {
    private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");

    private ParserOracle() {}

    static void check(byte[] text, Dialect dialect) {
        try {
            assertThat(PolicyParser.parse(text, dialect).text()).isEqualTo(text);
        } catch (PolicySyntaxException e) {
            assertThat(e.errno()).isIn(Errno.EBADMSG, Errno.EINVAL, Errno.ERANGE);
            assertThat(e.getMessage()).isNotBlank().doesNotContainPattern("[\\x00-\\x1f\\x7f]");
            String[] lines = LINE_END.split(new String(text, StandardCharsets.ISO_8859_1), -1);
            assertThat(e.line()).isBetween(1, lines.length);
            assertThat(e.column()).isBetween(1, lines[e.line() - 1].length() + 1);
        }
    }
}
