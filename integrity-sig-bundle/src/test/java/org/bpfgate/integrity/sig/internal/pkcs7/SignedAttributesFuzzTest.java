package org.bpfgate.integrity.sig.internal.pkcs7;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.bpfgate.integrity.sig.internal.asn1.BerException;
import org.bpfgate.integrity.sig.internal.asn1.BerReader;

/** Runs over the committed inputs; with JAZZER_FUZZ=1 it goes on to search for new ones. */
class SignedAttributesFuzzTest {
    @FuzzTest
    void attributes(byte[] bytes) {
        try {
            SignedAttributesReader.read(new BerReader(bytes).next("the attributes"), Pkcs7Oid.DATA);
        } catch (BerException e) {
            e.what();
        }
    }
}
