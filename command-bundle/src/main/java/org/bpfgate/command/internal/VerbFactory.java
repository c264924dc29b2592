package org.bpfgate.command.internal;

import java.lang.reflect.Constructor;
import java.util.concurrent.Callable;
import org.bpfgate.command.internal.context.CommandContext;
import picocli.CommandLine;

/** Makes the verbs for picocli, each with the context that it runs in, so that no verb knows the command above it. */
final class VerbFactory implements CommandLine.IFactory {
    private final CommandContext context;

    VerbFactory(CommandContext context) {
        this.context = context;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        if (!Callable.class.isAssignableFrom(type)) {
            return CommandLine.defaultFactory().create(type);
        }
        Constructor<K> constructor = type.getDeclaredConstructor(CommandContext.class);
        constructor.setAccessible(true);
        return constructor.newInstance(context);
    }
}
