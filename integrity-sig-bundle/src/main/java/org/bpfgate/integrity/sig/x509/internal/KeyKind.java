package org.bpfgate.integrity.sig.x509.internal;

/** The kinds of key whose signatures can be verified: RSA with PKCS#1 v1.5 padding, and ECDSA on a NIST curve. */
public enum KeyKind {
    RSA("RSA"),
    ECDSA("ECDSA");

    private final String javaSuffix;

    KeyKind(String javaSuffix) {
        this.javaSuffix = javaSuffix;
    }

    String javaSuffix() {
        return javaSuffix;
    }
}
