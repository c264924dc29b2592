package org.bpfgate.integrity.sig.internal.pkcs7;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.bpfgate.integrity.sig.internal.asn1.BerException;
import org.bpfgate.integrity.sig.internal.x509.CertificateReader;

/** Runs over the committed inputs; with JAZZER_FUZZ=1 one target at a time goes on to search for new ones. */
class ReaderFuzzTest {
    @FuzzTest
    void message(byte[] bytes) {
        try {
            SignedMessageReader.read(bytes);
        } catch (BerException e) {
            e.what();
        }
    }

    @FuzzTest
    void certificate(byte[] bytes) {
        try {
            CertificateReader.read(bytes).asSigner();
        } catch (BerException e) {
            e.what();
        }
    }
}
