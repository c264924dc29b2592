package org.bpfgate.command.internal.gate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.Console;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.program.FoundProgram;
import org.bpfgate.command.internal.program.ProgramSection;
import org.bpfgate.command.internal.signature.SignedSubject;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.integrity.SignedContentReader;
import org.bpfgate.program.AttachTarget;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.KeyringId;
import org.bpfgate.program.LoadAttributes;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.TypeRecords;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.ModuleStack;
import org.bpfgate.stack.SecurityHooks;
import org.bpfgate.stack.StackAdmin;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;

/**
 * The stack of modules in this process, as the commands use it: configured through the modules' own
 * {@link ManagedService}s, as Configuration Admin would do it, and asked through {@link SecurityHooks}.
 */
public final class Gate {
    private static final String HORNET = "org.bpfgate.hornet";
    private static final String ALLOWLIST = "org.bpfgate.allowlist";
    private static final String WARNING = "bpfgate.warning";
    private static final String IPE = "org.bpfgate.ipe";
    private static final String NONE = "none";

    private final CommandContext context;
    private final SecurityHooks hooks;
    private final Function<ProgramLoad, LoadDecision> deciding;
    private boolean readsOnce;
    private final List<String> required;

    /**
     * Finds the framework.
     *
     * @param required the names of the verifiers without which no decision is worth anything; {@link #trustLists} makes sure that
     *     they are there
     * @throws IllegalStateException when the framework is missing
     */
    public Gate(CommandContext context, String... required) {
        this.context = context;
        this.required = List.of(required);
        hooks = context.service(SecurityHooks.class);
        deciding = this::decideAndFree;
    }

    private Gate(CommandContext context, StackAdmin stack) {
        this.context = context;
        required = List.of();
        hooks = context.service(SecurityHooks.class);
        deciding = stack::tryLoad;
    }

    /** Returns the stack of the running gate that this process is: it has its settings, and a decision leaves no trace. */
    public static Gate running(CommandContext context) {
        return new Gate(context, context.service(StackAdmin.class));
    }

    private void require(String lsm) {
        if (!hooks.stack().contains(lsm)) {
            throw new IllegalStateException("the security module " + lsm + " did not start");
        }
    }

    /** Returns the modules in their order. */
    public ModuleStack stack() {
        return hooks.stack();
    }

    /**
     * Tells the policy module which policy to follow, which is also what brings it into the stack.
     *
     * @throws IllegalStateException when it did not come: without it everything would be let in
     */
    public void usePolicy(Path policy) throws InputException {
        usePolicy(Map.of("policy", policy.toString()));
    }

    /**
     * Configures the policy module.
     *
     * @param properties as its {@link ManagedService} takes them
     * @throws IllegalStateException when it did not come: without it everything would be let in
     */
    public void usePolicy(Map<String, ?> properties) throws InputException {
        configure(IPE, properties);
        require("ipe");
    }

    /** Tells the verifiers who signs policies and lists; for a command that decides on no program. */
    public void trustSigners(List<Path> certificates, Console console) throws InputException {
        trust(certificates, Mode.COMPAT_N, console);
    }

    /** Tells the verifiers whom to trust, and how hornet judges signatures; warns of paths without certificates. */
    public void trust(List<Path> certificates, Mode mode, Console console) throws InputException {
        configure(HORNET, Map.of("trust", names(certificates), "mode", mode.toString()));
        warnings(context.reference(ManagedService.class, pid(HORNET))).forEach(console::warning);
    }

    /** From now on files are read into memory once, so that a command that is gated cannot change what it is judged by. */
    public void readOnce() {
        readsOnce = true;
    }

    /**
     * Tells the verifier allowlist its lists; signed ones take the certificates that were told before. With that all verifiers have
     * their settings, which is what brings each into the stack.
     *
     * @throws IllegalStateException when one did not come: without it too little would be known of a program
     */
    public void trustLists(List<Path> lists, List<Path> revocations, boolean mustBeSigned) throws InputException {
        configure(
                ALLOWLIST,
                Map.of(
                        "lists",
                        names(lists),
                        "revocations",
                        names(revocations),
                        "signed",
                        mustBeSigned,
                        "follow",
                        !readsOnce));
        required.forEach(this::require);
    }

    /** Returns what to know about the lists in use, a sentence for each. */
    List<String> listWarnings() {
        return warnings(context.reference(SecurityModule.class, "(bpfgate.lists=*)"));
    }

    private static List<String> warnings(ServiceReference<?> service) {
        return service.getProperty(WARNING) instanceof String[] warnings ? List.of(warnings) : List.of();
    }

    /**
     * Returns the keyring that a load asks for when nobody says which: the user keyring, or the only one that has
     * certificates.
     */
    public int defaultKeyring() {
        String[] filled = filledKeyrings();
        Integer only = filled.length == 1 ? KeyringOption.id(filled[0], filled) : null;
        return only == null ? KeyringId.USER : only;
    }

    /** Finds the keyring that a load asks for by name or number; null when no keyring has that name. */
    @Nullable
    Integer keyring(String nameOrNumber) {
        return KeyringOption.id(nameOrNumber, filledKeyrings());
    }

    private String[] filledKeyrings() {
        ServiceReference<ManagedService> hornet = context.reference(ManagedService.class, pid(HORNET));
        return hornet.getProperty("bpfgate.keyrings") instanceof String[] filled ? filled : new String[0];
    }

    /**
     * Decides whether the program would be let in. The program is freed afterwards, as nothing loads it.
     *
     * @param signature the signature of the load, if it has one
     * @param keyring the keyring that the load asks for
     * @param requester who asks
     */
    public ProgramDecision decide(FoundProgram found, Optional<byte[]> signature, int keyring, Requester requester) {
        ProgramLoad load = ProgramLoad.of(found.program())
                .withKeyring(keyring)
                .withAttachType(found.section().attach())
                .withAttributes(attributes(found.section()));
        if (signature.isPresent()) {
            load = load.withSignature(signature.get());
        }
        load = requester.ask(load);
        return new ProgramDecision(found, load, deciding.apply(load));
    }

    private LoadDecision decideAndFree(ProgramLoad load) {
        LoadDecision decision = withDescriptor(hooks.bpfProgLoad(load), load.program());
        hooks.bpfProgFree(load.program());
        return decision;
    }

    /** Finds out what signatures were made over, by the keys of a keyring. */
    SignedSubject signedSubject(int keyring) {
        return new SignedSubject(context.service(SignedContentReader.class), keyring);
    }

    /** As far as the file tells what goes with the load. */
    private static LoadAttributes attributes(ProgramSection section) {
        return section.target().isEmpty() && section.license().isEmpty()
                ? LoadAttributes.NONE
                : new LoadAttributes(
                        section.license().orElse(""),
                        0,
                        0,
                        0,
                        0,
                        0,
                        new AttachTarget(0, Optional.empty(), section.target()),
                        TypeRecords.NONE);
    }

    /** A load is of use only with its descriptor. Where a file does not tell the maps, their check cannot be foretold. */
    private LoadDecision withDescriptor(LoadDecision loaded, BpfProgram program) {
        if (!loaded.isAllow() || program.usedMaps().isEmpty()) {
            return loaded;
        }
        HookResult descriptor = hooks.bpfProg(program);
        return descriptor.isAllow() ? loaded : new LoadDecision(loaded.stack(), loaded.reports(), descriptor, null);
    }

    /** Gives a module its settings, as Configuration Admin would. A fault in them is one of the user's input. */
    public void configure(String pid, Map<String, ?> properties) throws InputException {
        try {
            context.service(ManagedService.class, pid(pid)).updated(FrameworkUtil.asDictionary(properties));
        } catch (ConfigurationException e) {
            throw new InputException(e.getReason());
        }
    }

    /** The paths as a setting; one that names no path says so by the word none. A path of that name is not taken for it. */
    private static String[] names(List<Path> paths) {
        List<String> names = new ArrayList<>();
        for (Path path : paths) {
            names.add(path.equals(Path.of(NONE)) ? "./" + NONE : path.toString());
        }
        return names.isEmpty() ? new String[] {NONE} : names.toArray(String[]::new);
    }

    private static String pid(String pid) {
        return "(" + Constants.SERVICE_PID + "=" + pid + ")";
    }
}
