package org.bpfgate.integrity.sig.internal.pkcs7;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.bpfgate.integrity.sig.internal.asn1.BerException;
import org.bpfgate.integrity.sig.internal.asn1.Der;
import org.bpfgate.integrity.sig.internal.asn1.Tag;
import org.bpfgate.integrity.sig.internal.x509.CertificateReader;

class JunkNeverBreaksTheReadersTest {
    @Property
    void randomBytesAreNoMessage(@ForAll @Size(max = 300) byte[] junk) {
        assertThatThrownBy(() -> SignedMessageReader.read(junk)).isInstanceOf(BerException.class);
    }

    @Property
    void randomBytesAreNoCertificate(@ForAll @Size(max = 300) byte[] junk) {
        assertThatThrownBy(() -> CertificateReader.read(junk)).isInstanceOf(BerException.class);
    }

    @Property
    void randomSignedDataIsNoMessage(@ForAll @Size(max = 300) byte[] junk) {
        byte[] signedData = Der.sequence(Der.integer(1), Der.element(Tag.SET), junk);
        byte[] message = Der.sequence(Der.oid(Pkcs7Oid.SIGNED_DATA), Der.element(Tag.context(0), signedData));
        assertThatThrownBy(() -> SignedMessageReader.read(message)).isInstanceOf(BerException.class);
    }
}
