package org.bpfgate.serve.internal.module;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntConsumer;
import org.bpfgate.control.ControlPeer;
import org.bpfgate.serve.internal.history.Change;
import org.bpfgate.serve.internal.history.History;
import org.bpfgate.serve.internal.store.IndexFile;
import org.bpfgate.serve.internal.store.ModuleStore;
import org.bpfgate.serve.internal.store.PromotionJournal;
import org.bpfgate.serve.internal.store.StoreFiles;
import org.bpfgate.stack.SecurityHooks;
import org.bpfgate.stack.StackAdmin;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ManagedService;
import org.osgi.service.cm.SynchronousConfigurationListener;

/**
 * The modules of the running gate: what is in the store and in modules.d runs, what is neither there nor in the distribution does not, and
 * the verbs {@code lsm.…} change it. Safe for use by several threads.
 */
public final class ModuleLife implements AutoCloseable {
    /** Looks at modules.d are at least so far apart. */
    private static final long LOOK_NANOS = 2_000_000_000L;

    private static final String UNSIGNED = "unsigned";

    private final BundleContext context;
    private final SecurityHooks hooks;
    private final Problems problems = new Problems();
    private final BundleGuard guard;
    private final ModuleRestore restore;
    private final ModulesDirectory directory;
    private final LsmVerbs verbs;
    private final CandidateChanges candidate;
    private final CandidateVerbs candidateVerbs;
    private final PromotionJournal journal;
    private final Transaction changes;
    private final History history;
    private final ControlPeer self;
    private final ExecutorService looks = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("bpfgate modules.d").factory());
    private final ListenerLimit limits = new ListenerLimit();
    private volatile boolean allowUnsigned;
    private @Nullable Future<?> look;
    private long lastLook;
    private long known;

    /**
     * Prepares. The bundles that are installed now are the distribution.
     *
     * @param root the directory that stands for the root of the file system
     * @param settings writes the order of the modules
     */
    public ModuleLife(BundleContext context, SecurityHooks hooks, StackAdmin admin, Path root, StackSettings settings) {
        this(context, hooks, admin, root, settings, new StoreFiles());
    }

    ModuleLife(
            BundleContext context,
            SecurityHooks hooks,
            StackAdmin admin,
            Path root,
            StackSettings settings,
            StoreFiles files) {
        this.context = context;
        this.hooks = hooks;
        Path state = root.resolve("var/lib/bpfgate");
        Path configuration = root.resolve("etc/bpfgate");
        self = new ControlPeer((int) ProcessHandle.current().pid(), owner("uid"), owner("gid"));
        history = History.in(state.resolve("history.jsonl"));
        ModuleStore store = new ModuleStore(state.resolve("modules"), files);
        changes = new Transaction(hooks, new IndexFile(state.resolve("modules"), files), history, problems);
        ModuleBundles bundles = new ModuleBundles(context, problems);
        ModulePlaces places = new ModulePlaces(hooks, bundles, changes);
        ModuleIntake intake = new ModuleIntake(
                store, bundles, places, problems, configuration.resolve("modules-trust.d"), () -> allowUnsigned);
        ModuleChanges operations = new ModuleChanges(hooks, admin, bundles, places, intake, changes, problems);
        guard = new BundleGuard(bundles, problems);
        restore = new ModuleRestore(admin, bundles, intake, changes, problems);
        directory = new ModulesDirectory(configuration.resolve("modules.d"), operations, changes, problems, self);
        journal = new PromotionJournal(configuration.resolve("conf.d"), state, files);
        candidate = new CandidateChanges(context, admin, bundles, places, intake, changes, settings, journal, problems);
        candidateVerbs = new CandidateVerbs(candidate);
        verbs = new LsmVerbs(
                hooks,
                operations,
                new StackOrder(hooks, admin, settings, places, changes, history),
                new ModuleTable(hooks, admin, bundles, changes),
                history);
    }

    /** The owner of this process: the user and group of its directory in /proc, which are the effective ones. */
    private static int owner(String attribute) {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:" + attribute);
        } catch (IOException | UnsupportedOperationException e) {
            return 0;
        }
    }

    /**
     * Installs and starts what the index says and what is in modules.d, and registers the verbs. Returns when all of that has been tried.
     *
     * @throws IOException when the store cannot be used or its index is damaged: then nobody knows what is to run. One line with the
     *     file and what to do
     */
    public void start() throws IOException {
        long before = hooks.stack().generation();
        guard.open(context);
        context.registerService(
                ManagedService.class,
                new ModulesConfiguration(context, this),
                FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_PID, ModulesDefinition.PID)));
        context.registerService(
                SynchronousConfigurationListener.class,
                event -> {
                    if (isOfDecisions(event.getPid())) {
                        candidate.settingsChanged(event.getPid());
                    }
                },
                null);
        restore.restore();
        directory.look();
        known = hooks.stack().generation();
        record("start of the gate", before, known);
        verbs.open(context);
        candidateVerbs.open(context);
    }

    /** Whether settings may change decisions. Those of File Install and of what only observes do not. */
    private static boolean isOfDecisions(String pid) {
        return !pid.startsWith("org.apache.felix.")
                && !pid.startsWith(ModulesDefinition.PID)
                && !pid.equals("org.bpfgate.observe")
                && !pid.equals("org.bpfgate.audit");
    }

    /** Looks for changes of modules.d, on a thread of its own. Called each second; returns at once. */
    public synchronized void look() {
        changes.ifIdle(() -> {
            candidate.clean();
            noticeGeneration();
        });
        boolean isBusy = look != null && !look.isDone();
        if (!isBusy && System.nanoTime() - lastLook >= LOOK_NANOS) {
            lastLook = System.nanoTime();
            look = looks.submit(directory::look);
        }
    }

    private void submit(Runnable work) {
        try {
            looks.execute(work);
        } catch (RejectedExecutionException e) {
            // It ends.
        }
    }

    /** Looks for changes of modules.d, and returns when they are made. */
    void lookNow() {
        directory.look();
    }

    /** The stack also changes by settings and by what modules do themselves. */
    private void noticeGeneration() {
        List<Change> made = history.changes();
        long told = Math.max(known, made.isEmpty() ? 0 : made.getLast().after());
        long now = hooks.stack().generation();
        if (now > told) {
            record("settings or a module changed the stack", told, now);
        }
        known = now;
    }

    private void record(String what, long before, long after) {
        record(self, what, before, after);
    }

    /** Adds a change to the history that was made elsewhere. */
    public void record(ControlPeer who, String what, long before, long after) {
        history.add(new Change(Instant.now(), who.uid(), who.pid(), what, before, after));
    }

    /** Tells who limits the listeners of one user what the limit is, now and when it changes. */
    public void onLimitOfUser(IntConsumer consumer) {
        limits.to(consumer);
    }

    /** Sets how many listeners one user may have. */
    void limitOfUser(int most) {
        limits.set(most);
    }

    /** Whether modules need no signature: the setting {@code modules.unsigned=allow}. A problem of the status while it holds. */
    public void allowUnsigned(boolean allow) {
        allowUnsigned = allow;
        if (allow) {
            problems.set(
                    UNSIGNED,
                    "modules.unsigned=allow of org.bpfgate.serve: modules run without a signature; for development only");
            submit(() -> changes.exclusively(restore::retryUnsigned));
        } else {
            problems.clear(UNSIGNED);
        }
    }

    /** Returns what is wrong with modules now, a line each. */
    public List<String> problems() {
        return problems.lines();
    }

    /** Withdraws the verbs and ends the looks. Modules stay as they are: they end with the framework. */
    @Override
    public void close() {
        candidateVerbs.close();
        verbs.close();
        looks.shutdownNow();
        guard.close(context);
    }
}
