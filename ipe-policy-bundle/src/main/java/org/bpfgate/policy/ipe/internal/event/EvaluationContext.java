package org.bpfgate.policy.ipe.internal.event;

import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.program.LoadClient;
import org.jspecify.annotations.Nullable;

/**
 * The event that a policy is asked about, {@code struct ipe_eval_ctx}. An event without a file, or one that is no BPF
 * load, keeps the defaults here, and rules are asked about them all the same: so {@code boot_verified=FALSE} holds for
 * every BPF load, and {@code bpf_kernel=FALSE} for every file.
 */
public interface EvaluationContext {
    /** Returns the operation; null for an event that has none, which the kernel calls {@code INVALID}. */
    @Nullable
    Op op();

    /** Returns whether the file was opened on the initial ramdisk. */
    default boolean initramfs() {
        return false;
    }

    /** Returns the one block device under the file; null when there is no file or no such device. */
    default @Nullable BlockDevice blockDevice() {
        return null;
    }

    /** Returns what fs-verity knows; null when there is no file, or fs-verity is not enabled for it. */
    default @Nullable FsVerity fsVerity() {
        return null;
    }

    /**
     * Returns what a verifier reported on the program; {@link IntegrityVerdict#NONE} when it did not.
     *
     * @param verifier the name of the verifier
     */
    default IntegrityVerdict verdictOf(String verifier) {
        return IntegrityVerdict.NONE;
    }

    /** Returns {@code attr.keyring_id} of the load. */
    default int keyringId() {
        return 0;
    }

    /** Returns whether the kernel itself asks for the load. */
    default boolean kernel() {
        return false;
    }

    /** Returns whether the load is known to be a feature probe. */
    default boolean probe() {
        return false;
    }

    /** Returns whether the load is small and plain enough to be tried, and somebody is there who tries it. */
    default boolean trial() {
        return false;
    }

    /** Returns whether all maps that verifiers vouch for are there and nobody can write to them; false for what is no load. */
    default boolean mapsImmutable() {
        return false;
    }

    /**
     * Returns who signed the program, in the eyes of the verifiers that report {@code OK} or {@code PARTIALSIG}.
     *
     * @param n counted from 0; several verifiers may name one
     * @return SHA-256 of the certificate, 64 lower-case hexadecimal digits; null when there are no more
     */
    default @Nullable String signer(int n) {
        return null;
    }

    /**
     * Returns who issued the certificates of the signers, up to the certificate that is trusted.
     *
     * @param n counted from 0; several signers have several, and one has all the authorities above it
     * @return SHA-256 of the certificate, 64 lower-case hexadecimal digits; null when there are no more
     */
    default @Nullable String authority(int n) {
        return null;
    }

    /** Returns what the kernel's own check of signatures finds; null when it refuses the load, or nobody checked. */
    default @Nullable LoaderVerdict loaderVerdict() {
        return null;
    }

    /** Returns whether the kernel's own check of signatures finds a good one. */
    default boolean isSigned() {
        LoaderVerdict verdict = loaderVerdict();
        return verdict != null && verdict != LoaderVerdict.UNSIGNED;
    }

    /** Returns the time of the event by the gate's clock, in seconds since 1970. */
    default long epochSecond() {
        return System.currentTimeMillis() / 1000;
    }

    /** Returns the program that is to be loaded; null for an event that is no BPF load. */
    default @Nullable LoadedProgram program() {
        return null;
    }

    /** Returns the process that asks; null when files are judged and nobody asks, and for the kernel itself. */
    default @Nullable LoadClient client() {
        return null;
    }
}
