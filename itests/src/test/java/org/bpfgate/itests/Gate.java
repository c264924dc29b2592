package org.bpfgate.itests;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import org.assertj.core.api.Assertions;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Named groups of options from which the containers of the tests are made, and the places of what was built. */
public final class Gate {
    /** The directories of the installation that have bundles. */
    static final List<String> BUNDLES = List.of("bundle", "serve", "sign");

    private Gate() {}

    /** The API and the framework bundle and what they need, in a container in which an unresolved bundle fails the test. */
    public static Option framework() {
        return composite(library("org.osgi.service.cm"), frameworkAlone());
    }

    /** The same without the API of Configuration Admin, for those who bring it themselves or do without. */
    public static Option frameworkAlone() {
        return composite(
                systemProperty("bpfgate.root").value(root().toString()),
                systemProperty("pax.exam.osgi.unresolved.fail").value("true"),
                frameworkProperty("felix.log.level").value("1"),
                frameworkProperty("felix.service.urlhandlers").value("true"),
                bundle(jar("api-bundle").toUri().toString()),
                bundle(jar("framework-bundle").toUri().toString()),
                bundle(jarOf(Assertions.class)),
                bundle(jarOf(ByteBuddy.class)),
                junitBundles());
    }

    /** The signers, and the library that they sign with. */
    public static Option signers() {
        return composite(Stream.of("bcprov-jdk18on", "bcutil-jdk18on", "bcpkix-jdk18on", "signing-bundle")
                .map(name -> bundle(jar(name).toUri().toString()))
                .toArray(Option[]::new));
    }

    /** Felix Configuration Admin. */
    public static Option configurationAdmin() {
        return bundle(thirdParty("org.apache.felix.configadmin").toUri().toString());
    }

    /** The bundle of the container that decides; the API has a bundle of its own. */
    public static Bundle engine(BundleContext context) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> "org.bpfgate.framework".equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }

    /** The jar on the class path that a class comes from. */
    private static String jarOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().toString();
    }

    /** The jar of a library of the distribution. */
    public static Option library(String name) {
        return bundle(
                installation().resolve("lib").resolve(name + ".jar").toUri().toString());
    }

    /** The jar of a third party's bundle, as the build copied it. */
    public static Path thirdParty(String name) {
        return root().resolve("itests/target/bundles").resolve(name + ".jar");
    }

    /** The jar of one of the project's bundles, as it was built. */
    public static Path jar(String module) {
        return BUNDLES.stream()
                .map(directory -> installation().resolve(directory).resolve(module + ".jar"))
                .filter(Files::exists)
                .findFirst()
                .orElseGet(() -> installation().resolve("bundle").resolve(module + ".jar"));
    }

    /** The installation that the build lays out. */
    public static Path installation() {
        return root().resolve("distribution/target/bpfgate");
    }

    /** The source tree. */
    public static Path root() {
        String root = System.getProperty("bpfgate.root");
        if (root == null) {
            throw new IllegalStateException("the build sets bpfgate.root");
        }
        return Path.of(root);
    }
}
