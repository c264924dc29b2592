package org.bpfgate.policy.ipe.eval.internal;

import java.util.Arrays;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.program.LoadOrigin;
import org.bpfgate.program.ProgramLoad;

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
    private int reported;
    private int keyringId;
    private LoadOrigin origin = LoadOrigin.USER;

    /** A load that no verifier has reported on, by a process that set nothing. */
    public BpfLoadContext() {
        verifiers = new String[USUAL_VERIFIERS];
        verdicts = new IntegrityVerdict[USUAL_VERIFIERS];
    }

    /** A copy, to try changes on. */
    public BpfLoadContext(BpfLoadContext other) {
        verifiers = other.verifiers.clone();
        verdicts = other.verdicts.clone();
        reported = other.reported;
        keyringId = other.keyringId;
        origin = other.origin;
    }

    /** Stores a verdict; a later one of the same verifier replaces it, as in the kernel. */
    public void report(String verifier, IntegrityVerdict verdict) {
        int slot = slotOf(verifier);
        if (slot == reported) {
            addSlot(verifier);
        }
        verdicts[slot] = verdict;
    }

    /** Takes over what the load itself says: the keyring that it asks for, and who asks. */
    public void describe(ProgramLoad load) {
        keyringId = load.keyringId();
        origin = load.origin();
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
        return origin == LoadOrigin.KERNEL;
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

    private void addSlot(String verifier) {
        if (reported == verifiers.length) {
            verifiers = Arrays.copyOf(verifiers, 2 * reported);
            verdicts = Arrays.copyOf(verdicts, 2 * reported);
        }
        verifiers[reported++] = verifier;
    }
}
