package org.bpfgate.framework.internal.stack;

import java.util.Comparator;
import java.util.function.Supplier;
import org.bpfgate.hook.LsmId;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.stack.ModuleStack;

/**
 * A module together with what the service registry says of it at one moment.
 *
 * @param module the service object
 * @param record what is remembered of the registration through all its changes
 * @param serviceId the service id, unique and growing
 * @param place its place in the order, and who has to be there with it
 * @param origin the bundle that registered it
 */
public record RegisteredModule(SecurityModule module, ModuleRecord record, long serviceId, Place place, Origin origin) {
    /** The LSM order: highest ranking first, then lowest service id, as for OSGi services. */
    public static final Comparator<RegisteredModule> LSM_ORDER = Comparator.comparingInt(RegisteredModule::ranking)
            .reversed()
            .thenComparingLong(RegisteredModule::serviceId);

    /**
     * The bundle behind a module.
     *
     * @param bundleId its id in the framework
     * @param name its symbolic name
     * @param version its version
     * @param content gives the SHA-256 of its content
     */
    public record Origin(long bundleId, String name, String version, Supplier<String> content) {}

    /** Registers a module without further properties. */
    public RegisteredModule(SecurityModule module, ModuleRecord record, long serviceId, int ranking, Origin origin) {
        this(module, record, serviceId, Place.at(ranking), origin);
    }

    /** The service ranking. */
    public int ranking() {
        return place.ranking();
    }

    public LsmId lsm() {
        return record.lsm;
    }

    public RegisteredModule at(Place other) {
        return new RegisteredModule(module, record, serviceId, other, origin);
    }

    /** The same registration with another instance of the module. */
    public RegisteredModule with(SecurityModule instance, ModuleRecord its) {
        return new RegisteredModule(instance, its, serviceId, place, origin);
    }

    ModuleStack.Entry entry() {
        return new ModuleStack.Entry(lsm(), ranking(), origin.name(), origin.version(), origin.content());
    }
}
