package org.bpfgate.signing.internal.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.bpfgate.integrity.SigningException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AUriNamesOneKeyTest {
    private static final Token TOKEN = new Token(7, "my token", "maker", "v2", "00ff", 0x404);

    @Test
    void allPartsAreDecoded() throws SigningException {
        Pkcs11Uri uri = Pkcs11Uri.parse(
                "pkcs11:token=my%20token;object=%C3%A9;id=%01%FF;type=private?module-path=/m%3b.so&pin-source=file:/etc/pin");
        assertThat(uri.text("token")).contains("my token");
        assertThat(uri.text("object")).contains("é");
        assertThat(uri.bytes("id")).contains(new byte[] {1, -1});
        assertThat(uri.module()).isEqualTo(Path.of("/m;.so"));
        assertThat(uri.pinFile()).contains(Path.of("/etc/pin"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pkcs11:",
                "pkcs11:token=my%20token",
                "PKCS11:token=my%20token;serial=00ff;manufacturer=maker;model=v2;slot-id=7",
            })
    void theTokenFits(String uri) throws SigningException {
        assertThat(Pkcs11Uri.parse(uri).matches(TOKEN)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pkcs11:token=my", "pkcs11:serial=00FF", "pkcs11:slot-id=8", "pkcs11:token=my%20token;model=v3"})
    void theTokenDoesNotFit(String uri) throws SigningException {
        assertThat(Pkcs11Uri.parse(uri).matches(TOKEN)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "file:x                    | does not begin with pkcs11:",
                "pkcs11:tokn=a             | the attribute \"tokn\" is not supported (id, manufacturer, model, object, serial, slot-id, token, type are)",
                "pkcs11:token              | the attribute \"token\" is not supported",
                "pkcs11:token=a;           | the attribute \"\" is not supported",
                "pkcs11:token=a;token=b    | the attribute \"token\" is there twice",
                "pkcs11:token=a?token=b    | the attribute \"token\" is not supported (module-path, pin-source are)",
                "pkcs11:token=%2           | is not followed by two hexadecimal digits",
                "pkcs11:token=%zz          | is not followed by two hexadecimal digits",
                "pkcs11:type=public        | a private key signs",
            })
    void whatCouldMeanAnotherKeyIsRefused(String uri, String message) {
        assertThatThrownBy(() -> Pkcs11Uri.parse(uri))
                .isInstanceOf(SigningException.class)
                .hasMessageStartingWith(uri + ": ")
                .hasMessageContaining(message);
    }

    /** The message goes to logs; the PIN does not. */
    @Test
    void aPinOnTheCommandLineIsRefusedAndNotRepeated() {
        assertThatThrownBy(() -> Pkcs11Uri.parse("pkcs11:token=a?pin-value=1234"))
                .hasMessageContaining("pin-source=file:PATH")
                .hasMessageNotContaining("1234");
    }

    @Test
    void aModuleIsNamedByItsPath() throws SigningException {
        assertThatThrownBy(() -> Pkcs11Uri.parse("pkcs11:token=a").module())
                .hasMessageContaining("names no module; add");
        assertThatThrownBy(
                        () -> Pkcs11Uri.parse("pkcs11:token=a?module-path=m.so").module())
                .hasMessageEndingWith("module-path is not absolute");
    }
}
