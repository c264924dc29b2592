package org.bpfgate.integrity.sig.internal.hornet;

import java.nio.file.Path;
import java.util.List;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.sig.Identity;
import org.bpfgate.integrity.sig.Openssl;
import org.bpfgate.integrity.sig.Reported;
import org.bpfgate.integrity.sig.internal.file.InputFileException;
import org.bpfgate.integrity.sig.internal.keyring.Keyrings;
import org.bpfgate.integrity.sig.internal.keyring.KeyringsReader;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.KeyringId;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;

/** Two trusted identities and a stranger, a program, and the verifier. */
final class Bench {
    /** {@code r0 = 0; exit}. */
    final byte[] code = {(byte) 0xb7, 0, 0, 0, 0, 0, 0, 0, (byte) 0x95, 0, 0, 0, 0, 0, 0, 0};

    final Openssl openssl;
    final Identity rsa;
    final Identity ec;
    final Identity stranger;
    final Keyrings keyrings;

    Bench(Path directory) {
        openssl = new Openssl(directory);
        rsa = openssl.selfSigned("rsa", "rsa:2048");
        ec = openssl.selfSigned("ec", "P-256");
        stranger = openssl.selfSigned("stranger", "P-256");
        keyrings = keyrings(rsa.certificateFile(), ec.certificateFile());
    }

    static Keyrings keyrings(Path... paths) {
        try {
            return KeyringsReader.read(List.of(paths));
        } catch (InputFileException e) {
            throw new AssertionError(e);
        }
    }

    ProgramLoad load(byte[] instructions) {
        BpfProgram program = new BpfProgram("test", ProgramType.XDP, Instructions.of(instructions));
        return ProgramLoad.of(program).withKeyring(KeyringId.USER);
    }

    IntegrityReport verify(byte[] signature) {
        return verify(code, signature);
    }

    IntegrityReport verify(byte[] instructions, byte[] signature) {
        return verify(keyrings, instructions, signature);
    }

    IntegrityReport verify(Keyrings trusted, byte[] instructions, byte[] signature) {
        return Reported.byHornet(trusted, load(instructions).withSignature(signature));
    }
}
