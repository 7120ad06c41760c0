package dev.migrator.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.bundle.Resolved;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.model.Resource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExamplesTest {
    private static final Path EXAMPLES = Path.of("..", "examples");

    @ParameterizedTest
    @CsvSource({"meta, 41", "change-refunds, 48", "production-now, 21", "unmanaged, 5"})
    void everyExampleIsValidWithoutAWarning(String folder, int resources) {
        var loaded = Manifests.load(EXAMPLES.resolve("shop").resolve(folder));

        assertThat(loaded.findings()).isEmpty();
        assertThat(loaded.bundle()).isPresent();
        assertThat(loaded.resources()).hasSize(resources);
    }

    @Test
    void theEnvironmentsAreValid() {
        var loaded = EnvironmentsFile.load(EXAMPLES.resolve("environments.yaml"));

        assertThat(loaded.findings()).isEmpty();
        assertThat(loaded.environments().orElseThrow().names()).containsExactly("test", "production", "rehearsal");
    }

    @Test
    void oneBundleBecomesWhatEachEnvironmentNeeds() {
        var bundle = Manifests.load(EXAMPLES.resolve("overlays")).bundle().orElseThrow();

        var test = bundle.resolve("test");
        var production = bundle.resolve("production");

        assertThat(test.findings()).isEmpty();
        assertThat(production.findings()).isEmpty();
        assertThat(spec(test, "Topic/orders")).contains("\"replicationFactor\":1", "\"604800000\"");
        assertThat(spec(production, "Topic/orders")).contains("\"replicationFactor\":3", "\"2592000000\"");
        assertThat(spec(test, "Acl/billing.reads-orders")).contains("User:billing");
        assertThat(spec(production, "Acl/billing.reads-orders")).contains("User:prod-billing");
        assertThat(uids(production)).isEqualTo(uids(test));
    }

    private static String spec(Resolved resolved, String title) {
        return resolved.resources().stream()
                .filter(resource -> resource.title().equals(title))
                .map(resource -> CanonicalJson.text(resource.spec()))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> uids(Resolved resolved) {
        return resolved.resources().stream().map(Resource::uid).toList();
    }

    @Test
    void theChangeHoldsEverythingThatTheShopHolds() {
        assertThat(byTitle("change-refunds").keySet())
                .containsAll(byTitle("meta").keySet());
    }

    @Test
    void theChangeBreaksExactlyWhatItsCheckWouldFind() {
        var changed = byTitle("change-refunds");

        var payments = changed.get("Topic/shop.payments").spec().toString();
        var check = changed.get("SmokeCheck/payments-take-records").spec().toString();

        assertThat(payments).contains("max.message.bytes").contains("1024");
        assertThat(check).contains("4096");
        assertThat(byTitle("meta").get("SmokeCheck/payments-take-records").spec())
                .as("the check was there before the change")
                .isEqualTo(changed.get("SmokeCheck/payments-take-records").spec());
    }

    @Test
    void bothRunsHaveACanaryPhase() {
        assertThat(canaries("meta")).isEqualTo(2);
        assertThat(canaries("change-refunds")).isEqualTo(4);
    }

    @Test
    void whatNobodyManagesIsInNoBundle() {
        assertThat(byTitle("change-refunds").keySet())
                .doesNotContainAnyElementsOf(byTitle("unmanaged").keySet());
    }

    private static long canaries(String folder) {
        return byTitle(folder).values().stream()
                .filter(resource -> "canary".equals(resource.labels().get("tier")))
                .count();
    }

    private static Map<String, Resource> byTitle(String folder) {
        return Manifests.load(EXAMPLES.resolve("shop").resolve(folder)).resources().stream()
                .collect(Collectors.toMap(Resource::title, Function.identity()));
    }
}
