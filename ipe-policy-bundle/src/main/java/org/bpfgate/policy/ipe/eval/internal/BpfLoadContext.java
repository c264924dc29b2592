package org.bpfgate.policy.ipe.eval.internal;

import java.util.Arrays;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.program.LoadClient;
import org.bpfgate.program.LoadOrigin;
import org.bpfgate.program.ProgramLoad;
import org.jspecify.annotations.Nullable;

/**
 * One BPF load as the policy sees it, filled while the load goes on: one verdict slot per verifier, in the order of the
 * reports, then what the load asks for. It is the module's blob on the program, so that a decision needs no other
 * object. For one thread at a time, like every blob.
 */
public final class BpfLoadContext implements EvaluationContext {
    /** Room for the verifiers that ship, and one more; the slots grow when there are others. */
    private static final int USUAL_VERIFIERS = 4;

    private String[] verifiers;
    private IntegrityVerdict[] verdicts;
    private @Nullable String[] signers;
    private int reported;
    private int keyringId;
    private @Nullable ProgramLoad load;
    private @Nullable LoadedProgram program;

    /** A load that no verifier has reported on, by a process that set nothing. */
    public BpfLoadContext() {
        verifiers = new String[USUAL_VERIFIERS];
        verdicts = new IntegrityVerdict[USUAL_VERIFIERS];
        signers = new @Nullable String[USUAL_VERIFIERS];
    }

    /** A copy, to try changes on. */
    public BpfLoadContext(BpfLoadContext other) {
        verifiers = other.verifiers.clone();
        verdicts = other.verdicts.clone();
        signers = other.signers.clone();
        reported = other.reported;
        keyringId = other.keyringId;
        load = other.load;
        program = other.program;
    }

    /** Stores a verdict without a signer; see {@link #report(String, IntegrityVerdict, String)}. */
    public void report(String verifier, IntegrityVerdict verdict) {
        report(verifier, verdict, null);
    }

    /**
     * Stores a verdict; a later one of the same verifier replaces it, as in the kernel.
     *
     * @param verifier who reports
     * @param verdict what it found
     * @param signer SHA-256 of the signer's certificate, 64 lower-case hexadecimal digits; null when it names none
     */
    public void report(String verifier, IntegrityVerdict verdict, @Nullable String signer) {
        int slot = slotOf(verifier);
        if (slot == reported) {
            addSlot(verifier);
        }
        verdicts[slot] = verdict;
        signers[slot] = signer;
    }

    /** Takes over what the load itself says: the program, the keyring that it asks for, and who asks. */
    public void describe(ProgramLoad described) {
        load = described;
        keyringId = described.keyringId();
        program = new ProgramOfLoad(described);
    }

    /** Has the program signed by the owner of a certificate, in the eyes of a verifier that names a signer, or of hornet. */
    void signBy(String certificate) {
        int slot = nextSigned(0);
        if (slot == reported) {
            report(BpfSignature.HORNET, IntegrityVerdict.OK, certificate);
        } else {
            signers[slot] = certificate;
        }
    }

    /** Asks for another keyring. */
    public void askFor(Keyring keyring) {
        keyringId = keyring.id();
    }

    @Override
    public Op op() {
        return Op.BPF_PROG_LOAD;
    }

    @Override
    public IntegrityVerdict verdictOf(String verifier) {
        int slot = slotOf(verifier);
        return slot < reported ? verdicts[slot] : IntegrityVerdict.NONE;
    }

    @Override
    public int keyringId() {
        return keyringId;
    }

    @Override
    public boolean kernel() {
        return load != null && load.origin() == LoadOrigin.KERNEL;
    }

    @Override
    public boolean probe() {
        return load != null && load.probe().isPresent();
    }

    @Override
    public @Nullable String signer(int n) {
        int slot = nextSigned(0);
        for (int i = 0; i < n && slot < reported; i++) {
            slot = nextSigned(slot + 1);
        }
        return slot < reported ? signers[slot] : null;
    }

    @Override
    public @Nullable LoadedProgram program() {
        return program;
    }

    @Override
    public @Nullable LoadClient client() {
        return load == null ? null : load.client().orElse(null);
    }

    /** Returns the reports as {@code verifier=VERDICT}, parted by blanks; empty text when there are none. */
    public String describeReports() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < reported; i++) {
            text.append(i == 0 ? "" : " ").append(verifiers[i]).append('=').append(verdicts[i]);
        }
        return text.toString();
    }

    /** Returns the verifier's slot, or the first free one. */
    private int slotOf(String verifier) {
        int slot = 0;
        while (slot < reported && !verifiers[slot].equals(verifier)) {
            slot++;
        }
        return slot;
    }

    /** Returns the first slot from some one on whose verifier vouches for a signer; the number of slots when none does. */
    private int nextSigned(int from) {
        int slot = from;
        while (slot < reported && (signers[slot] == null || !vouches(verdicts[slot]))) {
            slot++;
        }
        return slot;
    }

    private static boolean vouches(IntegrityVerdict verdict) {
        return verdict == IntegrityVerdict.OK || verdict == IntegrityVerdict.PARTIALSIG;
    }

    private void addSlot(String verifier) {
        if (reported == verifiers.length) {
            verifiers = Arrays.copyOf(verifiers, 2 * reported);
            verdicts = Arrays.copyOf(verdicts, 2 * reported);
            signers = Arrays.copyOf(signers, 2 * reported);
        }
        verifiers[reported++] = verifier;
    }
}
