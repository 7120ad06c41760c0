package dev.migrator.executor.work;

import dev.migrator.engine.Secrets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A value for every name, drawn at random and known to nobody: where plans are rehearsed, no secret is needed that counts
 * anywhere. The same name has the same value for as long as this lives.
 */
final class MadeUpSecrets implements Secrets {
    private static final int BYTES = 24;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, String> values = new ConcurrentHashMap<>();

    @Override
    public Optional<String> find(String name) {
        return Optional.of(values.computeIfAbsent(name, _ -> drawn()));
    }

    private String drawn() {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
