package org.bpfgate.framework.internal.registry;

import java.util.Optional;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.CandidatePlan;
import org.bpfgate.stack.CandidateStack;
import org.bpfgate.stack.LoadDecision;
import org.osgi.framework.BundleException;

/** Decisions that leave no trace; what they mean is said in {@link org.bpfgate.stack.StackAdmin}. */
public interface DryRuns {
    LoadDecision tryLoad(ProgramLoad load);

    CandidateStack startCandidate(CandidatePlan plan, StackOperator operator) throws BundleException;

    Optional<CandidateStack> candidate();
}
