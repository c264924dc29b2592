package org.bpfgate.serve.internal.module;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfgate.control.ControlException;
import org.bpfgate.control.ControlException.Kind;
import org.bpfgate.control.ControlRequest;
import org.bpfgate.control.ControlVerb;
import org.bpfgate.stack.CandidateReport;
import org.bpfgate.stack.CandidateReport.Example;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** The verbs {@code candidate.…} of the control socket. */
final class CandidateVerbs {
    private static final long TIMEOUT_MILLIS = 120_000;

    private final CandidateChanges candidate;
    private final List<ServiceRegistration<ControlVerb>> registrations = new ArrayList<>();

    CandidateVerbs(CandidateChanges candidate) {
        this.candidate = candidate;
    }

    /** Registers the verbs. */
    void open(BundleContext context) {
        register(context, "candidate.start", true, (request, reply) -> {
            request.requireOnly("replace", "order", "policy", "lists", "without");
            return candidate.start(wanted(request), request.peer());
        });
        register(context, "candidate.show", false, (request, reply) -> {
            request.requireOnly();
            CandidateReport report = candidate.report();
            if (report == null) {
                throw new ControlException(Kind.FAILED, "no candidate was started");
            }
            for (Example example : report.examples()) {
                reply.item(members(example));
            }
            return members(report);
        });
        register(context, "candidate.promote", true, (request, reply) -> {
            request.requireOnly("acceptNewlyAllowed", "acceptUntried", "acceptSmaller");
            return candidate.promote(
                    new CandidateChanges.Accepted(
                            request.flag("acceptNewlyAllowed"),
                            request.flag("acceptUntried"),
                            request.flag("acceptSmaller")),
                    request.peer());
        });
        register(context, "candidate.drop", true, (request, reply) -> {
            request.requireOnly();
            return candidate.drop();
        });
    }

    private static CandidateChanges.Wanted wanted(ControlRequest request) throws ControlException {
        Map<String, Path> replace = new LinkedHashMap<>();
        for (String each : request.texts("replace")) {
            int equals = each.indexOf('=');
            if (equals < 1) {
                throw new ControlException(Kind.USAGE, each + ": a replacement is NAME=FILE.jar");
            }
            replace.put(each.substring(0, equals), path(each.substring(equals + 1)));
        }
        List<Path> lists = new ArrayList<>();
        for (String each : request.texts("lists")) {
            lists.add(path(each));
        }
        List<String> order = request.texts("order");
        Optional<String> policy = request.optionalText("policy");
        return new CandidateChanges.Wanted(
                replace,
                order.isEmpty() ? Optional.empty() : Optional.of(order),
                policy.isPresent() ? Optional.of(path(policy.get())) : Optional.empty(),
                lists,
                request.texts("without"));
    }

    private static Path path(String text) throws ControlException {
        try {
            Path path = Path.of(text);
            if (path.isAbsolute() && !text.contains(",")) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw new ControlException(Kind.USAGE, text + " is no path: " + e.getReason());
        }
        throw new ControlException(Kind.USAGE, text + " is no absolute path without commas");
    }

    private static Map<String, Object> members(CandidateReport report) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("begun", report.begun().toString());
        members.put("running", report.ended().isEmpty());
        members.put("ended", report.ended());
        members.put("seen", report.seen());
        members.put("alike", report.alike());
        members.put("deniedByBoth", report.deniedByBoth());
        members.put("newlyAllowed", report.newlyAllowed());
        members.put("newlyDenied", report.newlyDenied());
        members.put("failed", report.failed());
        members.put("skipped", report.skipped());
        members.put("waiting", report.waiting());
        members.put("slower", report.slower());
        members.put("types", report.types());
        return members;
    }

    private static Map<String, Object> members(Example example) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(
                "kind",
                switch (example.kind()) {
                    case NEWLY_ALLOWED -> "newlyAllowed";
                    case NEWLY_DENIED -> "newlyDenied";
                    case FAILED -> "failed";
                    case SLOWER -> "slower";
                });
        members.put("time", example.time().toString());
        members.put("program", example.program());
        members.put("type", example.type());
        members.put("digest", example.digest());
        members.put("client", example.client());
        members.put("live", example.live());
        members.put("candidate", example.candidate());
        members.put("liveMicros", example.liveMicros());
        members.put("candidateMicros", example.candidateMicros());
        return members;
    }

    private void register(BundleContext context, String name, boolean changesSomething, ControlVerb verb) {
        registrations.add(context.registerService(
                ControlVerb.class,
                verb,
                FrameworkUtil.asDictionary(Map.of(
                        ControlVerb.NAME,
                        name,
                        ControlVerb.CHANGES,
                        changesSomething,
                        ControlVerb.TIMEOUT,
                        TIMEOUT_MILLIS))));
    }

    /** Withdraws the verbs. */
    void close() {
        registrations.forEach(ServiceRegistration::unregister);
        registrations.clear();
    }
}
