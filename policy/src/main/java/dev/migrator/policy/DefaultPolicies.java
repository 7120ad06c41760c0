package dev.migrator.policy;

import dev.migrator.core.error.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What is in force when nobody says otherwise; see {@code default-policies.yaml}. */
public final class DefaultPolicies {
    private static final String FILE = "default-policies.yaml";
    private static final LoadedPolicies LOADED = PoliciesFile.readAlone(bytes(), FILE);

    private DefaultPolicies() {}

    public static Policies get() {
        return LOADED.policies()
                .orElseThrow(
                        () -> new ProblemException(LOADED.findings().getFirst().problem()));
    }

    /** The file as it is shipped, with the examples that show what each policy does. */
    public static LoadedPolicies loaded() {
        return LOADED;
    }

    /** The file as it is written. */
    public static String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes() {
        try (var in = DefaultPolicies.class.getResourceAsStream("/policies/" + FILE)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
