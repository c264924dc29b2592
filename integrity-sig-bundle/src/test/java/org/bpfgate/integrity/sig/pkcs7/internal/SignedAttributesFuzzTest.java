package org.bpfgate.integrity.sig.pkcs7.internal;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.bpfgate.integrity.sig.asn1.internal.BerException;
import org.bpfgate.integrity.sig.asn1.internal.BerReader;

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
