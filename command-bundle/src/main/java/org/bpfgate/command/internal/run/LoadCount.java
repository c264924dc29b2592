package org.bpfgate.command.internal.run;

import java.util.List;
import org.bpfgate.command.internal.io.Printable;
import org.bpfgate.hook.HookResult;
import org.bpfgate.mediation.MediationListener;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.mediation.MediationResult;
import org.bpfgate.mediation.RefusedCall;
import org.bpfgate.program.BpfCommand;

/** Counts what became of the loads of a command, and of its other commands that were denied. Safe for use by several threads. */
final class LoadCount implements MediationListener {
    private int allowed;
    private int denied;
    private int tried;
    private int unread;
    private String firstUnread = "";
    private int lackingRights;
    private final boolean permissive;
    private final RefusedPrograms programs;
    private int othersDenied;
    private String firstOther = "";
    private int othersLackingRights;
    private String firstLackingRights = "";
    private int refused;
    private String firstRefused = "";

    /**
     * Counts nothing yet.
     *
     * @param permissive whether what is denied is loaded all the same
     * @param policy tells what would let a program in
     */
    LoadCount(boolean permissive, Remedies.WhatIf policy) {
        this.permissive = permissive;
        programs = new RefusedPrograms(permissive, policy);
    }

    @Override
    public synchronized void mediated(MediationRecord mediated) {
        if (mediated.command() != BpfCommand.PROG_LOAD) {
            other(mediated);
        } else if (mediated.isDenied()) {
            denied++;
            programs.add(mediated);
        } else if (mediated.result().tried()) {
            tried++;
        } else if (mediated.decision().isPresent()) {
            allowed++;
        } else if (RefusedPrograms.rightsLack(mediated)) {
            lackingRights++;
        } else if (unread++ == 0) {
            firstUnread = why(mediated.result());
        }
        if (mediated.command() == BpfCommand.PROG_LOAD && !mediated.isDenied()) {
            programs.addIfRightsLack(mediated);
        }
    }

    private static String why(MediationResult result) {
        String reason = result.reason().isEmpty() ? "without a reason" : result.reason();
        return result.errno().map(errno -> errno + ": ").orElse("") + Printable.of(reason);
    }

    /** Nothing but this tells why: such a client has no log to read. */
    private void other(MediationRecord mediated) {
        if (mediated.isDenied()) {
            if (othersDenied++ == 0) {
                HookResult decision = mediated.said().orElseThrow();
                firstOther = mediated.command() + " " + decision.errno().orElseThrow() + ": " + decision.reason();
            }
        } else if (RefusedPrograms.rightsLack(mediated) && othersLackingRights++ == 0) {
            firstLackingRights = mediated.command() + " " + why(mediated.result());
        }
    }

    /** Questions of libbpf about the kernel, which get the kernel's answer, are not worth a word. */
    @Override
    public synchronized void refused(RefusedCall call) {
        if (call.isUnexpected() && refused++ == 0) {
            firstRefused = call.wordText() + ": " + call.result().reason();
        }
    }

    /** Returns whether there was any. */
    synchronized boolean any() {
        return allowed + denied + tried + unread + lackingRights + othersDenied + othersLackingRights + refused > 0;
    }

    /** Returns a line for each program that was refused, and why; empty when none was. */
    synchronized List<String> refusals() {
        return programs.lines();
    }

    /** One line for people. */
    @Override
    public synchronized String toString() {
        String probes = tried == 0 ? "" : ", " + tried + " only tried";
        String rights = lackingRights == 0 ? "" : ", " + lackingRights + " refused for lack of rights";
        String more = unread == 0 ? "" : ", " + unread + " not to be read, the first " + firstUnread;
        String denials = permissive ? " would be denied" : " denied";
        String others =
                othersDenied == 0 ? "" : "; other commands: " + othersDenied + denials + ", the first " + firstOther;
        String weak = othersLackingRights == 0
                ? ""
                : "; other commands: " + othersLackingRights + " refused by the kernel for lack of rights, the first "
                        + firstLackingRights;
        String unknown = refused == 0
                ? ""
                : "; calls of bpf(2) that bpfgate does not know: " + refused + ", the first with command word "
                        + firstRefused;
        return "loads: " + allowed + " allowed, " + denied + denials
                + (permissive ? " (permissive: nothing was blocked)" : "")
                + probes + rights + more + others + weak + unknown;
    }
}
