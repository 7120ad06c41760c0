package dev.migrator.kit.targets;

import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.kit.config.Credentials;
import dev.migrator.target.SmokeChecker;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetProvider;
import dev.migrator.target.TargetReader;
import dev.migrator.target.TargetWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;

/**
 * Open targets of all environments. Reading, writing and checking use different credentials and different connections.
 * A connection whose call failed as {@code Unavailable} is not used again: the next caller gets a new one, whose
 * identity is checked anew. Thread-safe.
 */
public final class TargetPool implements AutoCloseable {
    /** A call with an open target. */
    @FunctionalInterface
    public interface Use<T, R> {
        R apply(T target) throws TargetException;
    }

    private interface Open<T> {
        T open(TargetProvider provider, TargetConfig config, Map<String, String> credentials, Duration timeout)
                throws TargetException;
    }

    private final Environments environments;
    private final Credentials credentials;
    private final Duration callTimeout;
    private final Map<String, TargetProvider> providers = new HashMap<>();
    private final Connections<TargetReader> readers = new Connections<>(TargetReader::close);
    private final Connections<TargetWriter> writers = new Connections<>(TargetWriter::close);
    private final Connections<SmokeChecker> checkers = new Connections<>(SmokeChecker::close);

    public TargetPool(
            Environments environments,
            Credentials credentials,
            Duration callTimeout,
            Iterable<TargetProvider> available) {
        this.environments = environments;
        this.credentials = credentials;
        this.callTimeout = callTimeout;
        available.forEach(provider -> providers.put(provider.type(), provider));
    }

    /** With all providers on the class path. */
    public TargetPool(Environments environments, Credentials credentials, Duration callTimeout) {
        this(environments, credentials, callTimeout, ServiceLoader.load(TargetProvider.class));
    }

    /**
     * Reads with the read credential.
     *
     * @throws ProblemException {@code TGT-UNKNOWN} if there is no such environment or target, {@code TGT-TYPE} if nobody
     *     can open it, {@code CRD-…} for its credential
     */
    public <R> R reading(String environment, String target, Use<? super TargetReader, R> use) throws TargetException {
        return readers.use(
                name(environment, target),
                () -> open(environment, target, TargetConfig::readCredential, TargetProvider::openReader),
                use);
    }

    /** Writes with the write credential, which only the executor holds. Exceptions as {@link #reading}. */
    public <R> R writing(String environment, String target, Use<? super TargetWriter, R> use) throws TargetException {
        return writers.use(
                name(environment, target),
                () -> open(environment, target, TargetConfig::writeCredential, TargetProvider::openWriter),
                use);
    }

    /** Runs smoke checks with the check credential. Exceptions as {@link #reading}. */
    public <R> R checking(String environment, String target, Use<? super SmokeChecker, R> use) throws TargetException {
        return checkers.use(
                name(environment, target),
                () -> open(environment, target, TargetConfig::checkCredential, TargetProvider::openChecker),
                use);
    }

    /** The provider of that target: its kinds, in order. Exceptions as {@link #reading}. */
    public TargetProvider provider(String environment, String target) {
        TargetConfig config = config(environment, target);
        TargetProvider provider = providers.get(config.type());
        if (provider == null) {
            throw new ProblemException(Problem.of("TGT-TYPE", "no part of this service can open a target")
                    .about(name(environment, target))
                    .expected("one of " + providers.keySet().stream().sorted().toList())
                    .found(config.type())
                    .todo("correct the type in environments.yaml, or add the module that knows it"));
        }
        return provider;
    }

    private <T> T open(
            String environment, String target, Function<TargetConfig, Optional<String>> credential, Open<T> open)
            throws TargetException {
        TargetConfig config = config(environment, target);
        return open.open(
                provider(environment, target), config, credentials.load(credential.apply(config)), callTimeout);
    }

    private TargetConfig config(String environment, String target) {
        return environments
                .find(environment)
                .flatMap(e -> e.target(target))
                .orElseThrow(() -> new ProblemException(Problem.of("TGT-UNKNOWN", "there is no such target")
                        .about(name(environment, target))
                        .expected("a target of one of the environments " + environments.names())
                        .found("nothing of that name")
                        .todo("correct the name, or declare it in environments.yaml")));
    }

    private static String name(String environment, String target) {
        return environment + "/" + target;
    }

    @Override
    public void close() {
        readers.close();
        writers.close();
        checkers.close();
    }
}
