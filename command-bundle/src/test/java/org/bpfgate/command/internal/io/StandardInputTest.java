package org.bpfgate.command.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardInputTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            7f454c460201010000                | .o
            7f454c46                          | .o
            b7000000000000009500000000000000  | .insns
            3082010a02820101009500000000000000| ''
            62706667617465000200000000100000  | ''
            706f6c6963795f6e616d653d61        | ''
            ''                                | ''
            00                                | .insns
            """)
    void theEndingIsThatOfTheContent(String hex, String ending) {
        byte[] content = HexFormat.of().parseHex(hex);
        assertThat(StandardInput.ending(content)).isEqualTo(ending);
    }

    @Test
    void aLightSkeletonIsKnownByItsInclude() {
        byte[] header = "#include <bpf/skel_internal.h>\n".getBytes(StandardCharsets.UTF_8);
        assertThat(StandardInput.ending(header)).isEqualTo(".lskel.h");
    }

    @Test
    void theCopyIsWholePrivateAndGoneAfterwards() throws IOException, InputException {
        byte[] content = new byte[200_000];
        content[199_999] = 1;
        Path copy;
        try (StandardInput input = new StandardInput(new ByteArrayInputStream(content))) {
            copy = input.read();
            assertThat(copy).hasBinaryContent(content);
            Path parent = Objects.requireNonNull(copy.getParent());
            assertThat(Files.getPosixFilePermissions(parent)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
            assertThatThrownBy(input::read).isInstanceOf(InputException.class).hasMessageContaining("once only");
        }
        assertThat(copy.getParent()).doesNotExist();
    }

    @Test
    void textNamesItAsTheUserDid() throws IOException, InputException {
        try (StandardInput input = new StandardInput(InputStream.nullInputStream())) {
            StringWriter text = new StringWriter();
            RenamingWriter writer = new RenamingWriter(text, input);
            writer.write("before\n");
            String copy = input.read().toString();
            String line = copy + ":2:1: oops, file://" + copy + "\n";
            for (int i = 0; i < line.length(); i++) {
                writer.write(line.charAt(i));
            }
            writer.write("no end", 0, 6);
            writer.flush();
            assertThat(text).hasToString("before\n-:2:1: oops, -\nno end");
        }
    }
}
