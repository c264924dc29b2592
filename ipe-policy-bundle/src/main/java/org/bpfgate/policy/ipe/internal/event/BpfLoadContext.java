package org.bpfgate.policy.ipe.internal.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bpfgate.integrity.Coverage;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.Signer;
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

    /** The verifier of signatures over the instructions and the maps. */
    public static final String HORNET = "hornet";

    /** The verifier that checks as the kernel itself does. */
    private static final String NATIVE = "native";

    /** The code of a report on a digest that a list of revocations has. */
    private static final String REVOKED = "revoked";

    private String[] verifiers;
    private IntegrityVerdict[] verdicts;

    /** What a report says beside the verdict; null when that is nothing. */
    private @Nullable IntegrityReport[] reports;

    private int reported;
    private @Nullable LoaderVerdict assumed;
    private long time;
    private int keyringId;
    private @Nullable ProgramLoad load;
    private @Nullable LoadedProgram program;

    /** A load that no verifier has reported on, by a process that set nothing. */
    public BpfLoadContext() {
        verifiers = new String[USUAL_VERIFIERS];
        verdicts = new IntegrityVerdict[USUAL_VERIFIERS];
        reports = new @Nullable IntegrityReport[USUAL_VERIFIERS];
    }

    /** A copy, to try changes on. */
    public BpfLoadContext(BpfLoadContext other) {
        verifiers = other.verifiers.clone();
        verdicts = other.verdicts.clone();
        reports = other.reports.clone();
        reported = other.reported;
        assumed = other.assumed;
        time = other.time;
        keyringId = other.keyringId;
        load = other.load;
        program = other.program;
    }

    /** Stores a verdict and nothing else; see {@link #report(String, IntegrityReport)}. */
    public void report(String verifier, IntegrityVerdict verdict) {
        report(verifier, verdict, null);
    }

    /**
     * Stores a report; a later one of the same verifier replaces it, as in the kernel.
     *
     * @param verifier who reports
     * @param report what it found
     */
    public void report(String verifier, IntegrityReport report) {
        report(verifier, report.verdict(), report);
    }

    private void report(String verifier, IntegrityVerdict verdict, @Nullable IntegrityReport report) {
        int slot = slotOf(verifier);
        if (slot == reported) {
            addSlot(verifier);
        }
        verdicts[slot] = verdict;
        reports[slot] = report;
    }

    /** Takes over what the load itself says: the program, the keyring that it asks for, and who asks. */
    public void describe(ProgramLoad described) {
        load = described;
        keyringId = described.keyringId();
        time = System.currentTimeMillis() / 1000;
        program = new ProgramOfLoad(described);
    }

    /**
     * Has the program signed by the owner of a certificate, in the eyes of the first verifier that vouches for somebody; of hornet
     * where none does. Who signed before stays a signer.
     */
    public void signBy(String certificate) {
        List<Signer> signers = new ArrayList<>();
        int slot = 0;
        while (slot < reported && signersOf(slot).isEmpty()) {
            slot++;
        }
        if (slot == reported) {
            report(HORNET, IntegrityVerdict.OK);
            slot = slotOf(HORNET);
        }
        signers.addAll(signersOf(slot));
        signers.add(new Signer(certificate, ""));
        reports[slot] = details(slot).withSigners(signers, "");
    }

    /** Has the signed maps created so that programs can, or cannot, write to them. */
    public void setMapsImmutable(boolean immutable) {
        if (!immutable && mapsImmutable()) {
            report(HORNET, IntegrityVerdict.OK);
            int slot = slotOf(HORNET);
            reports[slot] = details(slot).withCoverage(new Coverage(Coverage.Extent.INSTRUCTIONS_AND_MAPS, 1, 1));
        }
        for (int slot = 0; immutable && slot < reported; slot++) {
            reports[slot] = vouches(slot) ? details(slot).withCoverage(Coverage.instructions()) : reports[slot];
        }
    }

    private IntegrityReport details(int slot) {
        IntegrityReport report = reports[slot];
        return report == null ? IntegrityReport.of(verdicts[slot], "") : report;
    }

    /** Returns what has to be done until a verifier says something else. */
    public Effort effort(String verifier) {
        return Effort.of(verdictOf(verifier), isRevoked(verifier));
    }

    /** Returns whether a verifier says that the digest of the program is revoked, which no list outweighs. */
    public boolean isRevoked(String verifier) {
        int slot = slotOf(verifier);
        return slot < reported && details(slot).code().filter(REVOKED::equals).isPresent();
    }

    /** Has the kernel's own check find something else than the verifier reports. */
    public void find(LoaderVerdict verdict) {
        assumed = verdict;
    }

    /** Takes the load for one that can be tried. */
    public void becomeTriable() {
        load = load == null ? null : load.withTrial();
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
    public boolean trial() {
        return load != null && load.isTriable();
    }

    @Override
    public boolean mapsImmutable() {
        for (int slot = 0; slot < reported; slot++) {
            IntegrityReport report = reports[slot];
            if (report != null && vouches(slot) && !report.areMapsImmutable()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public @Nullable String signer(int n) {
        int left = n;
        for (int slot = 0; slot < reported; slot++) {
            List<Signer> signers = signersOf(slot);
            if (left < signers.size()) {
                return signers.get(left).certificate();
            }
            left -= signers.size();
        }
        return null;
    }

    @Override
    public @Nullable String authority(int n) {
        int left = n;
        for (int slot = 0; slot < reported; slot++) {
            for (Signer signer : signersOf(slot)) {
                if (left < signer.authorities().size()) {
                    return signer.authorities().get(left);
                }
                left -= signer.authorities().size();
            }
        }
        return null;
    }

    @Override
    public @Nullable LoaderVerdict loaderVerdict() {
        int slot = slotOf(NATIVE);
        if (assumed != null || slot == reported) {
            return assumed;
        }
        IntegrityReport report = reports[slot];
        return report == null ? null : LoaderVerdict.of(report);
    }

    /** One time for all rules. */
    @Override
    public long epochSecond() {
        return time;
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

    /** Returns the signers that the verifier of a slot vouches for. */
    private List<Signer> signersOf(int slot) {
        IntegrityReport report = reports[slot];
        return report != null && vouches(slot) ? report.signers() : List.of();
    }

    private boolean vouches(int slot) {
        return verdicts[slot] == IntegrityVerdict.OK || verdicts[slot] == IntegrityVerdict.PARTIALSIG;
    }

    private void addSlot(String verifier) {
        if (reported == verifiers.length) {
            verifiers = Arrays.copyOf(verifiers, 2 * reported);
            verdicts = Arrays.copyOf(verdicts, 2 * reported);
            reports = Arrays.copyOf(reports, 2 * reported);
        }
        verifiers[reported++] = verifier;
    }
}
