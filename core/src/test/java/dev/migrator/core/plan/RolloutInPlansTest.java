package dev.migrator.core.plan;

import static dev.migrator.core.bundle.TestManifests.bundle;
import static dev.migrator.core.bundle.TestManifests.canary;
import static dev.migrator.core.bundle.TestManifests.manifest;
import static dev.migrator.core.bundle.TestManifests.readAcl;
import static dev.migrator.core.bundle.TestManifests.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Bake;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.model.LabelSelector;
import dev.migrator.core.model.Resource;
import dev.migrator.core.settings.Rollout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RolloutInPlansTest {
    private final World world = new World();

    private static Value.Obj rollout(String phases, String rest) {
        return manifest(
                "Rollout",
                "calm",
                "{'environments':['production'],'phases':[" + phases + "],'rest':{'bake':'" + rest + "'}}");
    }

    private static String phase(String name, String select, String bake) {
        return "{'name':'" + name + "','select':{" + select + "},'bake':'" + bake + "'}";
    }

    private static Environment bakingAtLeast(String bake) {
        var one = Planning.PRODUCTION;
        return new Environment(
                one.name(),
                one.order(),
                one.protection(),
                one.zone(),
                one.targets(),
                one.drift(),
                one.mode(),
                one.grace(),
                Bake.parse(bake));
    }

    private Plan plan(Bundle bundle) {
        return plan(bundle, Planning.PRODUCTION);
    }

    private Plan plan(Bundle bundle, Environment environment) {
        var resolved = bundle.resolve("production");
        var input = Planning.input(resolved.resources(), bundle, world, PlanLimits.STANDARD);
        return Planning.plan(new PlanInput(
                        environment,
                        input.resources(),
                        input.bundleDigest(),
                        input.states(),
                        input.capabilities(),
                        input.limits(),
                        input.policyDigest())
                .knowing(input.inventory(), input.pruning(), input.drift())
                .rollingOut(resolved.rollout()));
    }

    /** {@code 0 canary 10m [topic a]}. */
    private static List<String> phases(Plan plan) {
        return plan.phases().stream()
                .map(phase -> phase.number() + " " + phase.name() + " " + phase.bake() + " "
                        + phase.batches().stream()
                                .flatMap(batch -> batch.operations().stream())
                                .map(planned -> planned.operation().key().kind() + " "
                                        + planned.operation().key().address())
                                .toList())
                .toList();
    }

    @Test
    void aResourceIsInTheFirstPhaseThatSelectsItAndTheOthersComeLast() {
        var plan = plan(bundle(
                canary(topic("a")),
                topic("b"),
                topic("c"),
                rollout(
                        phase("first", "'labels':{'tier':'canary'}", "10m") + ","
                                + phase("second", "'resources':['Topic/a','Topic/b']", "0s"),
                        "30m")));

        assertThat(phases(plan))
                .containsExactly("0 first 10m [topic a]", "1 second 0s [topic b]", "2 rest 30m [topic c]");
        assertThat(plan.phases()).extracting(Phase::selects).containsExactly("tier=canary", "Topic/a, Topic/b", "");
        assertThat(plan.batches().map(Batch::number)).containsExactly(0, 1, 2);
    }

    @Test
    void whatAPhaseNeedsComesWithItOrEarlier() {
        var reader = "Acl/r";
        var plan = plan(bundle(
                topic("a"),
                topic("b"),
                readAcl("r", "b"),
                rollout(
                        phase("first", "'resources':['Topic/a']", "1m") + ","
                                + phase("second", "'resources':['" + reader + "']", "2m"),
                        "0s")));

        assertThat(phases(plan))
                .containsExactly(
                        "0 first 1m [topic a]", "1 second 2m [topic b, acl User:reader|*|READ|ALLOW|TOPIC|LITERAL|b]");
    }

    @Test
    void aPhaseInWhichNothingChangesIsNoneAndIsNotWaitedFor() {
        world.apply(plan(bundle(topic("a"))));

        var plan =
                plan(bundle(topic("a"), topic("b"), rollout(phase("first", "'resources':['Topic/a']", "10m"), "0s")));

        assertThat(phases(plan)).containsExactly("0 rest 0s [topic b]");
    }

    @Test
    void aCheckOfSomethingThatDoesNotChangeRunsAfterThePhaseThatSelectsIt() {
        world.apply(plan(bundle(topic("same"))));
        var check = manifest("SmokeCheck", "alive", "{'type':'topic-round-trip','topic':'same'}");

        var plan = plan(bundle(
                topic("same"),
                topic("a"),
                topic("b"),
                topic("c"),
                check,
                rollout(
                        phase("first", "'resources':['Topic/a']", "0s") + ","
                                + phase("checked", "'resources':['SmokeCheck/alive']", "10m") + ","
                                + phase("second", "'resources':['Topic/b']", "0s"),
                        "0s")));

        assertThat(phases(plan))
                .containsExactly("0 first 0s [topic a]", "1 second 0s [topic b]", "2 rest 0s [topic c]");
        assertThat(plan.phases().stream().map(phase -> phase.checks().size())).containsExactly(0, 1, 0);
    }

    @Test
    void theEnvironmentsLeastBakeCountsInEveryPhaseWhereItIsLonger() {
        var bundle = bundle(topic("a"), topic("b"), rollout(phase("first", "'resources':['Topic/a']", "10m"), "1m"));

        assertThat(phases(plan(bundle, bakingAtLeast("5m"))))
                .containsExactly("0 first 10m [topic a]", "1 rest 5m [topic b]");
        assertThat(phases(plan(bundle(canary(topic("a")), topic("b")), bakingAtLeast("5m"))))
                .containsExactly("0 canary 5m [topic a]", "1 rest 5m [topic b]");
        assertThat(phases(plan(bundle(topic("a")), bakingAtLeast("5m")))).containsExactly("0 all 5m [topic a]");
    }

    /** An approval binds to how long what is approved is watched. */
    @Test
    void howLongItBakesIsPartOfThePlansBytesAndNothingIsWhereNothingBakes() {
        var calm = plan(bundle(topic("a"), rollout(phase("first", "'resources':['Topic/a']", "10m"), "0s")));
        var calmer = plan(bundle(topic("a")), bakingAtLeast("5m"));
        var plain = plan(bundle(topic("a")));

        assertThat(PlanCodec.read(PlanCodec.bytes(calm))).isEqualTo(calm);
        assertThat(PlanCodec.read(PlanCodec.bytes(calmer))).isEqualTo(calmer);
        assertThat(PlanCodec.digest(calmer)).isNotEqualTo(PlanCodec.digest(plain));
        assertThat(new String(PlanCodec.bytes(plain), StandardCharsets.UTF_8)).doesNotContain("bake", "selects");
        assertThat(PlanSummaries.of(calm, "p", "b").phases().getFirst().bake()).contains(Bake.parse("10m"));
        assertThat(PlanSummaries.of(plain, "p", "b").phases().getFirst().bake()).isEmpty();
    }

    @Property(tries = 300)
    void noResourceComesLaterThanSelectedAndNothingBeforeWhatItNeeds(@ForAll Random random) {
        var shop = new RandomShop(random);
        var titles = new ArrayList<>(
                shop.bundle.resources().stream().map(Resource::title).toList());
        Collections.shuffle(titles, random);
        var stages = new ArrayList<Rollout.Stage>();
        for (int i = 0; i < 3; i++) {
            int from = Math.min(titles.size(), i * 3);
            stages.add(new Rollout.Stage(
                    "p" + i,
                    i == 0 ? Optional.of(LabelSelector.parse("tier=canary")) : Optional.empty(),
                    new TreeSet<>(titles.subList(from, Math.min(titles.size(), from + 3))),
                    Bake.NONE,
                    Resource.Source.UNKNOWN));
        }
        var rollout = new Rollout("calm", new TreeSet<>(List.of("production")), stages, Bake.NONE);

        var plain = Planning.plan(shop.bundle, shop.world);
        var plan = Planning.plan(Planning.input(shop.bundle, shop.world).rollingOut(Optional.of(rollout)));

        assertThat(plan.written()).isEqualTo(plain.written());
        Map<String, Integer> stageOf = new TreeMap<>();
        shop.bundle.resources().forEach(resource -> stageOf.put(resource.title(), firstOf(stages, resource)));
        var order = new ArrayList<>(stages.stream().map(Rollout.Stage::name).toList());
        order.add(Rollout.REST);
        var done = new TreeSet<String>();
        for (var phase : plan.phases()) {
            int at = order.indexOf(phase.name());
            for (var batch : phase.batches()) {
                batch.operations().forEach(planned -> {
                    assertThat(at).isLessThanOrEqualTo(stageOf.getOrDefault(planned.resource(), stages.size()));
                    assertThat(done).containsAll(planned.dependsOn());
                });
                batch.operations().forEach(planned -> {
                    var key = planned.operation().key();
                    done.add(key.target() + "|" + key.kind() + "|" + key.address());
                });
            }
        }
        assertThat(plan.phases().stream().map(Phase::name))
                .isSortedAccordingTo((one, other) -> Integer.compare(order.indexOf(one), order.indexOf(other)));
    }

    private static int firstOf(List<Rollout.Stage> stages, Resource resource) {
        int stage = 0;
        while (stage < stages.size() && !stages.get(stage).selects(resource)) {
            stage++;
        }
        return stage;
    }
}
