package org.bpfgate.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpfgate.hook.SecurityModule;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/**
 * Brings the modules of one bundle into the stack when they are ready, all of them in one generation, and takes them out of it.
 * This is what "there means ready" rests on: a bundle calls {@link #ready} with its first good settings and not before. Safe for
 * use by several threads.
 */
public final class ModuleRegistration {
    /** One module and its place behind the first one of the bundle. */
    private record Member(SecurityModule module, int distance) {}

    private final BundleContext context;
    private final List<Member> members = new ArrayList<>();
    private final int ranking;
    private final List<ServiceRegistration<SecurityModule>> registrations = new ArrayList<>();
    private boolean closed;

    /**
     * Makes a registration that is not in the stack.
     *
     * @param context of the bundle
     * @param ranking the {@code service.ranking} of the first module, unless settings say otherwise
     * @param first the module
     */
    public ModuleRegistration(BundleContext context, int ranking, SecurityModule first) {
        this.context = context;
        this.ranking = ranking;
        members.add(new Member(first, 0));
    }

    /**
     * Adds a module that comes and goes with the first one. Called before {@link #ready}.
     *
     * @param distance how much lower than the first one's its ranking is
     * @return this
     */
    public ModuleRegistration and(int distance, SecurityModule module) {
        members.add(new Member(module, distance));
        return this;
    }

    /** Returns the ranking of the first module when settings say nothing of it. */
    public int defaultRanking() {
        return ranking;
    }

    /**
     * Brings the modules into the stack, or changes their ranking and properties when they are there. Without effect after
     * {@link #close}.
     *
     * @param firstRanking the ranking of the first module; the others keep their distance
     * @param properties further service properties, the same for all
     */
    public synchronized void ready(int firstRanking, Map<String, ?> properties) {
        if (closed) {
            return;
        }
        for (int i = 0; i < members.size(); i++) {
            Map<String, Object> all = properties(members.get(i), firstRanking, properties);
            if (i < registrations.size()) {
                registrations.get(i).setProperties(FrameworkUtil.asDictionary(all));
            } else {
                registrations.add(context.registerService(
                        SecurityModule.class, members.get(i).module(), FrameworkUtil.asDictionary(all)));
            }
        }
    }

    private Map<String, Object> properties(Member member, int firstRanking, Map<String, ?> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put(Constants.SERVICE_RANKING, (int) Math.max(Integer.MIN_VALUE, (long) firstRanking - member.distance()));
        if (members.size() > 1) {
            all.put(
                    SecurityModule.TOGETHER,
                    members.stream().map(each -> each.module().lsmId().name()).toArray(String[]::new));
        }
        return all;
    }

    /** Returns whether the modules are in the stack. */
    public synchronized boolean isReady() {
        return !registrations.isEmpty();
    }

    /** Takes the modules out of the stack until they are ready again. Returns when no load uses them any more. */
    public synchronized void withdraw() {
        registrations.forEach(ServiceRegistration::unregister);
        registrations.clear();
    }

    /**
     * Takes the modules out of the stack because somebody wants to do without them: a stack that would otherwise remember a policy
     * does not wait for them. Returns when no load uses them any more.
     */
    public synchronized void retire() {
        for (ServiceRegistration<SecurityModule> registration : registrations) {
            Map<String, Object> all = new HashMap<>();
            for (String key : registration.getReference().getPropertyKeys()) {
                all.put(key, registration.getReference().getProperty(key));
            }
            all.put(SecurityModule.RETIRED, true);
            registration.setProperties(FrameworkUtil.asDictionary(all));
        }
        withdraw();
    }

    /** Takes the modules out of the stack for good: the bundle stops. Settings that come later bring nothing back. */
    public synchronized void close() {
        closed = true;
        withdraw();
    }
}
