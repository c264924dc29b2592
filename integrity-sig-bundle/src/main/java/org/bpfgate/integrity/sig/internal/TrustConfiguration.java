package org.bpfgate.integrity.sig.internal;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpfgate.integrity.sig.internal.file.InputFileException;
import org.bpfgate.integrity.sig.internal.hornet.HornetMode;
import org.bpfgate.integrity.sig.internal.hornet.HornetRules;
import org.bpfgate.integrity.sig.internal.keyring.Keyrings;
import org.bpfgate.integrity.sig.internal.keyring.KeyringsReader;
import org.bpfgate.integrity.sig.internal.keyring.Trust;
import org.bpfgate.integrity.sig.internal.keyring.TrustSource;
import org.bpfgate.settings.SettingException;
import org.bpfgate.settings.Settings;
import org.bpfgate.settings.SettingsTarget;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;

/**
 * Which certificates are trusted: setting {@value #TRUST}, paths of files and directories; how signatures are judged: setting
 * {@value #MODE}; and the place of the verifiers in the stack. New keyrings and a new mode replace the old ones in one write, once
 * all files were read; when one cannot be, all stays as it was. Updating with the same settings reads the files again.
 *
 * <p>Configuration Admin updates on its own thread; {@link #trust()} and {@link #rules()} are safe for any.
 */
final class TrustConfiguration implements ManagedService, SettingsTarget.Use {
    /** The persistent identity of the configuration. */
    static final String PID = "org.bpfgate.hornet";

    /** The setting with the paths. */
    static final String TRUST = "trust";

    /** The setting with the mode; {@code compat-n} when there is none. */
    static final String MODE = "mode";

    /** The service property with the names of the keyrings that hold certificates. */
    static final String KEYRINGS = "bpfgate.keyrings";

    /** The service property that holds what to know about the paths, a {@code String[]}; missing when there is nothing. */
    static final String WARNING = "bpfgate.warning";

    /** What one configuration comes to. */
    private record State(TrustSource trust, HornetMode mode, List<String> warnings) {}

    /** What the setting with the paths comes to. */
    private record Trusted(Keyrings keyrings, List<String> warnings) {
        static final Trusted NOBODY = new Trusted(Keyrings.EMPTY, List.of());
    }

    private final SettingsTarget target;
    private final Verifiers verifiers;
    private volatile State state = new State(new TrustSource(InstantSource.system()), HornetMode.COMPAT_N, List.of());
    private @Nullable ServiceRegistration<ManagedService> registration;

    /** Brings verifiers into the stack when they are ready, and takes them out of it. */
    interface Verifiers {
        /** Returns the ranking of the first verifier when no setting says otherwise. */
        int ranking();

        /** Returns whether the verifiers are in the stack. */
        boolean areReady();

        /** There are good settings. */
        void ready(int ranking);

        /** There are no settings any more. */
        void withdraw();
    }

    /**
     * Makes a configuration with empty keyrings.
     *
     * @param verifiers hears of the first good settings and of later ones, after they hold
     */
    TrustConfiguration(BundleContext context, Verifiers verifiers) {
        this.verifiers = verifiers;
        target = new SettingsTarget(context, PID, List.of(TRUST, MODE, Settings.RANKING), this);
    }

    /** Returns whom to trust now: the keyrings as last configured; empty ones before. */
    Trust trust() {
        return state.trust().now();
    }

    /** Returns whom to trust and by which rules to judge, as one configuration has it. */
    HornetRules rules() {
        State now = state;
        return new HornetRules(now.trust().now(), now.mode());
    }

    /** Registers this service. Its first update may come before this method returns. */
    void register(BundleContext context) {
        ServiceRegistration<ManagedService> made = context.registerService(ManagedService.class, this, properties());
        synchronized (this) {
            registration = made;
        }
        announce();
    }

    @Override
    public void updated(@Nullable Dictionary<String, ?> properties) throws ConfigurationException {
        try {
            target.update(properties);
        } catch (SettingException e) {
            throw new ConfigurationException(e.key(), e.getMessage(), e);
        }
    }

    /** Verifiers that trust nobody are of use only to whoever wants that: {@code trust=none}. */
    @Override
    public SettingsTarget.Change read(Settings settings) {
        Trusted trusted = settings.read(() -> trusted(settings), Trusted.NOBODY);
        HornetMode mode = settings.read(() -> mode(settings.text(MODE)), HornetMode.COMPAT_N);
        int ranking = settings.read(() -> settings.ranking(verifiers.ranking()), 0);
        return () -> {
            replace(trusted, mode);
            verifiers.ready(ranking);
        };
    }

    @Override
    public String withoutConfiguration() {
        // Verifiers without keyrings would refuse what the stack could hold until they are back.
        verifiers.withdraw();
        replace(Trusted.NOBODY, HornetMode.COMPAT_N);
        return "the verifiers hornet and native leave the stack";
    }

    private void replace(Trusted trusted, HornetMode mode) {
        state = new State(state.trust().followedBy(trusted.keyrings()), mode, trusted.warnings());
        announce();
    }

    private Trusted trusted(Settings settings) throws SettingException {
        List<Path> paths = settings.paths(TRUST);
        if (paths.isEmpty() && !settings.isNone(TRUST)) {
            namesNobody(settings);
        }
        try {
            KeyringsReader.Found found = KeyringsReader.find(paths);
            List<String> warnings = warnings(paths, found);
            warnings.forEach(warning -> settings.warn(TRUST, warning));
            return new Trusted(found.keyrings(), warnings);
        } catch (InputFileException e) {
            throw new SettingException(TRUST, e.what(), e);
        }
    }

    /** A path that holds blacklisted certificates only is meant so, and yet trusts nobody. */
    private static List<String> warnings(List<Path> paths, KeyringsReader.Found found) {
        boolean nobody = !paths.isEmpty() && found.keyrings().namesInUse().isEmpty();
        String consequence = nobody ? "; nobody is trusted, so no signature is good" : "";
        List<String> warnings = new ArrayList<>();
        for (Path path : found.without()) {
            warnings.add(path + ": holds no certificate, which is a file *.pem, *.crt, *.cer or *.der in it or in its"
                    + " directories builtin, secondary, platform and NAME=NUMBER" + consequence);
        }
        if (nobody && warnings.isEmpty()) {
            warnings.add(paths.getFirst() + ": holds no certificate to trust" + consequence);
        }
        return warnings;
    }

    /** Whoever is trusted already is trusted no more by settings that name nobody: that lets nothing in. */
    private void namesNobody(Settings settings) throws SettingException {
        if (!verifiers.areReady()) {
            throw new SettingException(
                    TRUST,
                    "names no certificate, so hornet and native do not join the stack; name certificates, or none to trust nobody");
        }
        settings.warn(TRUST, "names no certificate any more: no signature is good; none says so on purpose");
    }

    private static HornetMode mode(@Nullable String value) throws SettingException {
        HornetMode mode = value == null ? HornetMode.COMPAT_N : HornetMode.of(value);
        if (mode == null) {
            throw new SettingException(MODE, "expected compat-n, compat-v7 or strict, found '" + value + "'");
        }
        return mode;
    }

    private synchronized void announce() {
        if (registration == null) {
            return;
        }
        try {
            registration.setProperties(properties());
        } catch (IllegalStateException e) {
            // The bundle stopped during the update; nobody can ask for the property any more.
            registration = null;
        }
    }

    private Dictionary<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put(Constants.SERVICE_PID, PID);
        properties.put(KEYRINGS, trust().keyrings().namesInUse().toArray(String[]::new));
        List<String> warnings = state.warnings();
        if (!warnings.isEmpty()) {
            properties.put(WARNING, warnings.toArray(String[]::new));
        }
        return FrameworkUtil.asDictionary(properties);
    }
}
