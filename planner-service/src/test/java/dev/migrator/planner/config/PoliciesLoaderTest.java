package dev.migrator.planner.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.error.ProblemException;
import dev.migrator.policy.DefaultPolicies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoliciesLoaderTest {
    private static final Environments ENVIRONMENTS =
            new Environments(List.of(new Environment("production", 1, Protection.PROTECTED, "z", List.of())));

    @TempDir
    Path folder;

    @Test
    void withoutAFileTheDefaultPoliciesAreInForce() {
        assertThat(PoliciesLoader.load(Optional.empty(), ENVIRONMENTS).names())
                .isEqualTo(DefaultPolicies.get().names())
                .isNotEmpty();
    }

    @Test
    void aFileIsInForceOnTopOfThem() throws IOException {
        assertThat(load("{name: mine, environments: [production], over: plan, deny: plan.deletes > 9, message: m}"))
                .contains("mine", "blast-radius");
    }

    @Test
    void aFileWithAnyMistakeStopsTheServiceAndNamesItsPlace() {
        assertStops(
                "{name: mine, over: plan, deny: plan.deleted > 9, message: m}", "line 3", "undefined field 'deleted'");
        assertStops("{name: mine, over: plan, message: m}", "POL-DEMAND");
        assertStops("{name: mine, over: plan, deny: now, message: m}", "POL-ANSWER");
    }

    @Test
    void aPolicyForAnEnvironmentThatIsNotDeclaredWouldBeInForceNowhere() {
        assertStops("{name: mine, environments: [prod], over: plan, deny: 'true', message: m}", "prod");
    }

    @Test
    void aFileThatIsNotThereStopsTheService() {
        assertThatThrownBy(() -> PoliciesLoader.load(Optional.of(folder.resolve("none.yaml")), ENVIRONMENTS))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("CFG-POLICIES"));
    }

    private void assertStops(String policy, String... found) {
        assertThatThrownBy(() -> load(policy)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().code()).isEqualTo("CFG-POLICIES");
            assertThat(e.problem().found()).contains(found);
        });
    }

    private List<String> load(String policy) throws IOException {
        var file = Files.writeString(
                folder.resolve("policies.yaml"),
                "apiVersion: migrator.dev/v1\nkind: Policies\npolicies: [" + policy + "]\n");
        return PoliciesLoader.load(Optional.of(file), ENVIRONMENTS).names();
    }
}
