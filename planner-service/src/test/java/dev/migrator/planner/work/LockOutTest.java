package dev.migrator.planner.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.PlanLimits;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryObjects;
import dev.migrator.kit.testkit.MemoryProvider;
import dev.migrator.kit.testkit.Plans;
import dev.migrator.kit.topics.Topics;
import dev.migrator.policy.DefaultPolicies;
import dev.migrator.target.testkit.InMemoryTarget;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan that would take the executor's own rights is rejected, by all rules that the target holds. */
class LockOutTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-26T10:00:00Z"), ZoneOffset.UTC);

    private static final String EVERYBODYS = "User:*|*|DESCRIBE|ALLOW|TOPIC|LITERAL|*";
    private static final String OWN = "User:migrator|*|ALTER|ALLOW|TOPIC|PREFIXED|shop.";
    private static final String OWN_OF_ALL = "User:migrator|*|DESCRIBE|ALLOW|TOPIC|LITERAL|*";

    /** Takes everybody's right to see topics. */
    private static final String BUNDLE = CanonicalJson.text(CanonicalJson.parse("""
            {"apiVersion":"migrator.dev/v1","kind":"Bundle","resources":[{"apiVersion":"migrator.dev/v1","kind":"Acl",\
            "metadata":{"name":"everybody-sees-topics"},"state":"absent","spec":{"principal":"User:*",\
            "operations":["DESCRIBE"],"resource":{"type":"topic","name":"*"}}}]}"""));

    @TempDir
    Path folder;

    private final InMemoryTarget target = InMemoryTarget.ofAllKinds(Plans.TARGET);

    @Test
    void whatTheExecutorLivesOnIsNotTakenAway() throws Exception {
        hold(EVERYBODYS);
        hold(OWN); // of some topics only

        assertThat(answer(Optional.of("User:migrator"))).isInstanceOfSatisfying(Fact.PlanRejected.class, rejected -> {
            assertThat(rejected.problems()).extracting(Problem::code).containsExactly("PLN-LOCK-OUT");
            assertThat(rejected.problems().getFirst().expected()).isEqualTo("User:migrator keeps DESCRIBE on TOPIC *");
        });
    }

    @Test
    void aRuleOfItsOwnThatNoManifestNamesIsSeen() throws Exception {
        hold(EVERYBODYS);
        hold(OWN_OF_ALL);

        assertThat(answer(Optional.of("User:migrator"))).isInstanceOf(Fact.PlanProposed.class);
    }

    @Test
    void withoutADeclaredPrincipalNothingIsJudged() throws Exception {
        hold(EVERYBODYS);

        assertThat(answer(Optional.empty())).isInstanceOf(Fact.PlanProposed.class);
    }

    private void hold(String rule) {
        target.outsiderSets(new EntryKey(Plans.TARGET, "acl", rule), Content.EMPTY);
    }

    private Fact.OfMigration answer(Optional<String> principal) throws Exception {
        var config = new TargetConfig(
                Plans.TARGET,
                "kafka",
                "memory:kafka",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                principal);
        var environments =
                new Environments(List.of(new Environment("test", 1, Protection.OPEN, "here", List.of(config))));
        var desk = new Desk(folder);
        new PlanWork(
                        environments,
                        new MemoryProvider("kafka", target).pool(environments),
                        new MemoryObjects(),
                        desk.publisher(),
                        PlanLimits.STANDARD,
                        new PlanJudge(
                                environments, DefaultPolicies.get(), BundleHistory.NONE, Duration.ofMinutes(15), CLOCK),
                        _ -> Inventory.EMPTY,
                        CLOCK)
                .handle(desk.task(new Effect.PlanRequested(
                        new MigrationId("m-1"),
                        1,
                        "test",
                        "4be21d0",
                        Digest.ofText(BUNDLE),
                        Optional.empty(),
                        Optional.of(BUNDLE.getBytes(UTF_8)),
                        Optional.empty())));
        return (Fact.OfMigration) desk.facts(Topics.PLANS).getFirst();
    }
}
