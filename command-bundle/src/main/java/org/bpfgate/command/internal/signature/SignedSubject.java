package org.bpfgate.command.internal.signature;

import java.util.Arrays;
import java.util.Optional;
import org.bpfgate.command.internal.io.BoundedFile;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.program.FoundProgram;
import org.bpfgate.integrity.SignedContentReader;
import org.bpfgate.program.RelocationState;

/**
 * Finds what a signature was made over that does not fit the program it is handed in with. A load takes a signature over the
 * instructions; people sign the file that holds them, or have OpenSSL sign it as text.
 */
public final class SignedSubject {
    /** As much as is read of an object; what is larger is not asked about. */
    private static final int LIMIT = 64 << 20;

    private final SignedContentReader signatures;
    private final int keyring;

    /**
     * Asks a reader of signatures.
     *
     * @param keyring the keyring in which signers are looked up
     */
    public SignedSubject(SignedContentReader signatures, int keyring) {
        this.signatures = signatures;
        this.keyring = keyring;
    }

    /**
     * Explains a signature that was refused.
     *
     * @param program the program, whose file is read again
     * @param signature the CMS message
     * @param isAlone whether the file holds no other program
     * @return what it was made over, and the command that makes the right one; empty when that is not known
     */
    public Optional<String> explain(FoundProgram program, byte[] signature, boolean isAlone) {
        byte[] file;
        try {
            file = BoundedFile.read(program.file(), LIMIT);
        } catch (InputException e) {
            return Optional.empty();
        }
        boolean isRaw = Arrays.equals(file, program.program().instructions().toByteArray());
        if (!isRaw && signatures.isSignatureOver(signature, file, keyring)) {
            return Optional.of("this is a signature over the file " + program.file()
                    + ", and one over the instructions in it is needed. Make it with " + command(program, isAlone));
        }
        byte[] text = OpenSslText.of(file);
        return signatures.isSignatureOver(signature, text, keyring)
                ? Optional.of("this is a signature over " + program.file() + " as text, " + text.length
                        + " bytes: openssl cms was called without -binary. Make it with " + command(program, isAlone))
                : Optional.empty();
    }

    private static String command(FoundProgram program, boolean isAlone) {
        boolean isSignable = isAlone && program.program().instructions().state() == RelocationState.COMPLETE;
        return isSignable
                ? "bpfgate sign --key KEY --cert CERT PROGRAM"
                : "bpftool gen skeleton -L OBJECT > OBJECT.lskel.h && bpfgate sign --key KEY --cert CERT OBJECT.lskel.h (or list the"
                        + " programs of the object: bpfgate allowlist build -o ALLOWLIST OBJECT)";
    }
}
