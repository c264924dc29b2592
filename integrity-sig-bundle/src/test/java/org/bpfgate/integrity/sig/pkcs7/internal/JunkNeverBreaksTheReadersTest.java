package org.bpfgate.integrity.sig.pkcs7.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.bpfgate.integrity.sig.asn1.internal.BerException;
import org.bpfgate.integrity.sig.asn1.internal.Der;
import org.bpfgate.integrity.sig.asn1.internal.Tag;
import org.bpfgate.integrity.sig.x509.internal.CertificateReader;

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
