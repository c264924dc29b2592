package org.bpfgate.command.internal.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShellWordTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            build/a-1.o   | build/a-1.o
            ""            | ''
            two words     | 'two words'
            $HOME         | '$HOME'
            a;rm          | 'a;rm'
            it's          | 'it'\\''s'
            ~/a           | '~/a'
            \u00e4.o      | '\u00e4.o'
            """)
    void aShellReadsTheSameWord(String text, String word) {
        assertThat(ShellWord.of(text)).isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            -o            | ./-o
            -my list      | './-my list'
            a/-o          | a/-o
            my list       | 'my list'
            """)
    void noPathIsTakenForAnOption(String path, String word) {
        assertThat(ShellWord.of(Path.of(path))).isEqualTo(word);
    }
}
