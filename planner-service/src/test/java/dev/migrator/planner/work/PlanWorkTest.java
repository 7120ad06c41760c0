package dev.migrator.planner.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Bake;
import dev.migrator.core.error.Problem;
import dev.migrator.core.impact.SurroundingsCodec;
import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.inventory.InventoryChange;
import dev.migrator.core.inventory.KnownEntry;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.PlanSummary;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntrySelection;
import dev.migrator.core.model.LabelSelector;
import dev.migrator.core.plan.ApprovalNeed;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.PlanLimits;
import dev.migrator.core.plan.PutBack;
import dev.migrator.core.purge.Purge;
import dev.migrator.core.purge.PurgeCodec;
import dev.migrator.core.restore.Restore;
import dev.migrator.core.restore.RestoreCodec;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.evidence.Evidence;
import dev.migrator.kit.evidence.EvidenceStore;
import dev.migrator.kit.objects.ObjectStoreUnavailable;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryObjects;
import dev.migrator.kit.testkit.MemoryProvider;
import dev.migrator.kit.testkit.Plans;
import dev.migrator.kit.topics.Topics;
import dev.migrator.policy.DefaultPolicies;
import dev.migrator.policy.Policies;
import dev.migrator.policy.PoliciesFile;
import dev.migrator.policy.TrackRecord;
import dev.migrator.target.TargetException;
import dev.migrator.target.testkit.InMemoryTarget;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanWorkTest {
    private static final MigrationId ID = new MigrationId("m-1");
    private static final String ORDERS = bundle(topic("orders", 3));

    @TempDir
    Path folder;

    private final InMemoryTarget target = InMemoryTarget.ofAllKinds(Plans.TARGET);
    private final MemoryProvider provider = new MemoryProvider("kafka", target);
    private final MemoryObjects objects = new MemoryObjects();
    private Supplier<Inventory> inventory = () -> Inventory.EMPTY;
    private Desk desk;
    private PlanWork work;
    /** A Thursday, shortly before midnight. */
    private Instant now = Instant.parse("2026-11-26T23:55:10Z");

    @BeforeEach
    void open() {
        desk = new Desk(folder);
        work = judging(DefaultPolicies.get(), BundleHistory.NONE);
    }

    private PlanWork judging(Policies policies, BundleHistory history) {
        var environments = MemoryProvider.environments(Plans.TARGET, "kafka");
        return new PlanWork(
                environments,
                provider.pool(environments),
                objects,
                desk.publisher(),
                PlanLimits.ofBatchSize(1),
                new PlanJudge(
                        environments, policies, history, Duration.ofMinutes(15), Clock.fixed(now, ZoneOffset.UTC)),
                _ -> inventory.get(),
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private void judgingBy(String policies) {
        judgingBy(policies, BundleHistory.NONE);
    }

    private void judgingBy(String policies, BundleHistory history) {
        var file = "apiVersion: migrator.dev/v1\nkind: Policies\npolicies:\n" + policies;
        var loaded = PoliciesFile.read(file.getBytes(UTF_8), "policies.yaml");
        assertThat(loaded.findings()).isEmpty();
        work = judging(loaded.policies().orElseThrow(), history);
    }

    @Test
    void aBundleIsPlannedAgainstWhatTheTargetHoldsAndThePlanIsStoredUnderItsDigest() throws Exception {
        ask(inline(ORDERS));

        var plan = proposed();
        assertThat(plan.creates()).isEqualTo(1);
        assertThat(desk.keys(Topics.PLANS)).containsExactly("test");
        var stored = PlanCodec.read(objects.bytes(plan.planUri()), plan.planDigest());
        assertThat(stored.written()).containsExactly(Plans.topic("orders"));
        assertThat(stored.environment()).isEqualTo("test");
        assertThat(objects.bytes(plan.bundleUri())).isEqualTo(ORDERS.getBytes(UTF_8));
    }

    @Test
    void whatWasSeenAroundAPlanIsStoredBesideItAndNamedByItsDigest() throws Exception {
        target.outsiderSets(Plans.topic("others"), Plans.retention("5"));
        ask(inline(ORDERS));

        var plan = proposed();
        var stored = plan.surroundings().orElseThrow();
        var around = SurroundingsCodec.read(objects.get(stored.uri(), stored.digest()));
        assertThat(around.plan()).isEqualTo(plan.planDigest());
        assertThat(around.unchanged()).contains(0);
        assertThat(around.notManagedCount()).contains(1L);
        assertThat(new String(objects.bytes(plan.planUri()), UTF_8)).doesNotContain("notManaged");
    }

    @Test
    void theSameQuestionAskedAgainIsAnsweredWithTheSamePlan() throws Exception {
        ask(inline(ORDERS));
        ask(inline(ORDERS));

        var answers = desk.facts(Topics.PLANS);
        assertThat(answers).hasSize(2);
        assertThat(answers.getLast()).isEqualTo(answers.getFirst());
        assertThat(objects.keys()).hasSize(3);
    }

    @Test
    void anotherTargetStateGivesAnotherPlan() throws Exception {
        ask(inline(ORDERS));
        target.outsiderSets(Plans.topic("orders"), Plans.retention("5"));
        ask(inline(ORDERS));

        assertThat(desk.facts(Topics.PLANS).getLast())
                .isNotEqualTo(desk.facts(Topics.PLANS).getFirst());
    }

    @Test
    void whatWasRecordedIsPlannedLikeABundleAndSaysWhichChangesItTakesBack() throws Exception {
        target.outsiderSets(Plans.topic("orders"), there());
        inventory = () -> Inventory.of(List.of(known("default", "777")));

        ask(inline(revert("test")));

        var plan = proposed();
        assertThat(plan.updates()).isEqualTo(1);
        assertThat(plan.undoes()).containsExactly("change-1");
        var stored = PlanCodec.read(objects.bytes(plan.planUri()), plan.planDigest());
        assertThat(stored.written()).containsExactly(Plans.topic("orders"));
        assertThat(stored.operations().findFirst().orElseThrow().why()).startsWith("put back as before migration m-0");
        assertThat(objects.bytes(plan.bundleUri())).isEqualTo(revert("test").getBytes(UTF_8));
    }

    @Test
    void whatWasRecordedElsewhereIsRejected() throws Exception {
        ask(inline(revert("production")));

        var rejected = desk.fact(Topics.PLANS, Fact.PlanRejected.class);
        assertThat(rejected.problems()).extracting(Problem::code).containsExactly("RST-ENVIRONMENT");
    }

    private static String revert(String environment) {
        var wanted = new PutBack.Wanted(
                Plans.topic("orders"),
                Optional.of(Content.of("config.retention.ms", Value.of("5"))),
                Optional.of(
                        new PutBack.Left(Optional.of(Content.of("config.retention.ms", Value.of("777"))), "change-1")));
        return new String(
                RestoreCodec.bytes(new Restore(
                        environment,
                        new Restore.Source(
                                Restore.From.MIGRATION,
                                "m-0",
                                Digest.ofText("plan"),
                                Instant.parse("2026-11-25T00:00:00Z")),
                        new PutBack(false, new TreeSet<>(), List.of(wanted)))),
                UTF_8);
    }

    @Test
    void aPurgeLooksAtWhatHasBeenOutOfUseForLongEnoughByThisClockWhateverItsDocumentSays() throws Exception {
        target.outsiderSets(Plans.topic("orders"), there());
        var week = now.minus(Duration.ofDays(7));
        inventory = () -> Inventory.of(List.of(retired(week)));
        ask(purge("p-1", now));
        assertThat(proposed().warnings()).singleElement().asString().contains("in use again");
        assertThat(proposed().judgedUntil())
                .as("what is known of it is looked at once more before anything goes")
                .contains(now.plus(Duration.ofMinutes(5)));

        inventory = () -> Inventory.of(List.of(retired(week.plusMillis(1))));
        ask(purge("p-2", now));
        assertThat(lastProposed().warnings()).singleElement().asString().contains("too recently");

        inventory = () -> Inventory.of(List.of(retired(week)));
        ask(purge("p-3", week.minusMillis(1)));
        assertThat(lastProposed().warnings()).singleElement().asString().contains("too recently");
    }

    private PlanSummary lastProposed() {
        return ((Fact.PlanProposed) desk.facts(Topics.PLANS).getLast()).plan();
    }

    @Test
    void aPurgeOfAnotherEnvironmentIsRejected() throws Exception {
        ask(inline(document("production", now)));

        var rejected = desk.fact(Topics.PLANS, Fact.PlanRejected.class);
        assertThat(rejected.problems()).extracting(Problem::code).containsExactly("PRG-ENVIRONMENT");
    }

    private static Effect.PlanRequested purge(String id, Instant retiredBy) {
        var document = document("test", retiredBy);
        return new Effect.PlanRequested(
                new MigrationId(id),
                1,
                "test",
                "purge",
                Digest.ofText(document),
                Optional.empty(),
                Optional.of(document.getBytes(UTF_8)),
                Optional.empty(),
                false);
    }

    private static String document(String environment, Instant retiredBy) {
        return new String(
                PurgeCodec.bytes(new Purge(
                        environment,
                        retiredBy,
                        new EntrySelection(Optional.empty(), Optional.empty(), Optional.of("orders")))),
                UTF_8);
    }

    private static KnownEntry retired(Instant at) {
        return new InventoryChange.Gone("u-1", "default", Plans.topic("orders")).retired("life-1", "m-0", at);
    }

    @Test
    void withoutTheInventoryThereIsNoAnswerAtAll() {
        inventory = () -> {
            throw new Unavailable(Problem.of("KFK-UNAVAILABLE", "the broker does not answer"), null);
        };

        assertThatThrownBy(() -> ask(inline(ORDERS))).isInstanceOf(Unavailable.class);

        assertThat(desk.publications()).isEmpty();
        assertThat(objects.keys()).isEmpty();
    }

    @Test
    void whatAnotherProjectOwnsIsRejected() throws Exception {
        inventory = () -> Inventory.of(List.of(known("billing", "1000")));

        ask(inline(ORDERS));

        var rejected = desk.fact(Topics.PLANS, Fact.PlanRejected.class);
        assertThat(rejected.problems()).extracting(Problem::code).containsExactly("PLN-CLAIMED");
    }

    @Test
    void whatIsThereAlreadyIsAdoptedByAPlanWithoutBatches() throws Exception {
        target.outsiderSets(Plans.topic("orders"), there());

        ask(inline(ORDERS));

        assertThat(proposed().batchCount()).isZero();
        assertThat(proposed().ownership()).contains(new PlanSummary.Ownership(1, 1, 0));
    }

    @Test
    void theEnvironmentDecidesAboutDrift() throws Exception {
        target.outsiderSets(Plans.topic("orders"), there());
        inventory = () -> Inventory.of(List.of(known("default", "777")));
        var differing =
                bundle(topic("orders", 3).replace("\"spec\":{", "\"spec\":{\"config\":{\"retention.ms\":\"5\"},"));

        ask(inline(differing));

        var stored =
                PlanCodec.read(objects.bytes(proposed().planUri()), proposed().planDigest());
        assertThat(stored.operations().toList())
                .singleElement()
                .satisfies(planned -> assertThat(planned.reason().drifted()).containsExactly("config.retention.ms"));
    }

    @Test
    void aChangeThatAsksForItOverwritesDriftInAnEnvironmentThatKeepsItAndNeedsAnApproval() throws Exception {
        target.outsiderSets(Plans.topic("orders"), there());
        inventory = () -> Inventory.of(List.of(known("default", "777")));
        var differing =
                bundle(topic("orders", 3).replace("\"spec\":{", "\"spec\":{\"config\":{\"retention.ms\":\"5\"},"));

        ask(inProduction(differing, false));
        assertThat(desk.fact(Topics.PLANS, Fact.PlanRejected.class).problems())
                .extracting(Problem::code)
                .containsExactly("PLN-DRIFT");

        ask(inProduction(differing, true));
        var summary = ((Fact.PlanProposed) desk.facts(Topics.PLANS).getLast()).plan();
        var plan = PlanCodec.read(objects.bytes(summary.planUri()), summary.planDigest());
        assertThat(plan.operations().toList())
                .singleElement()
                .satisfies(planned -> assertThat(planned.reason().drifted()).containsExactly("config.retention.ms"));
        assertThat(plan.warnings())
                .anySatisfy(warning -> assertThat(warning).contains("overwrites what others changed"));
        assertThat(plan.approvals())
                .isNotEmpty()
                .allSatisfy(need -> assertThat(need.count()).isPositive());
    }

    private static Effect.PlanRequested inProduction(String bundle, boolean overwritesDrift) {
        return new Effect.PlanRequested(
                ID,
                1,
                "production",
                "4be21d0",
                Digest.ofText(bundle),
                Optional.empty(),
                Optional.of(bundle.getBytes(UTF_8)),
                Optional.empty(),
                overwritesDrift);
    }

    private static KnownEntry known(String project, String retention) {
        return new KnownEntry(
                "u-1",
                project,
                Plans.topic("orders"),
                "",
                KnownEntry.fingerprints(Plans.retention(retention)),
                false,
                List.of(),
                false,
                "m-0");
    }

    private static Content there() {
        return Content.of(java.util.Map.of("partitions", Value.of(3), "replicationFactor", Value.of(1)));
    }

    @Test
    void aSchemaThatNoClientCouldReadIsRejectedUnlessTheManifestSaysWhyNot() throws Exception {
        ask(inline(bundle(schema(""))));
        assertThat(codes()).containsExactly("SCH-INVALID");

        open();
        ask(inline(bundle(schema(",\"suppress\":[{\"reason\":\"it was decided so\",\"rule\":\"SCH-INVALID\"}]"))));
        assertThat(codes())
                .as("what stands in the way now is that there is no registry here")
                .containsExactly("PLN-NO-TARGET");
    }

    private static String schema(String suppressions) {
        return """
                {"apiVersion":"migrator.dev/v1","kind":"Schema","metadata":{"name":"order"%s},\
                "spec":{"content":"{\\"type\\":\\"strnig\\"}","type":"AVRO","version":"1"}}""".formatted(suppressions);
    }

    @Test
    void aSuppressionHoldsUntilTheEndOfItsLastDayWhereThePlannerReadsTheTime() throws Exception {
        assertThat(warningsAt("2026-11-26T23:59:59.999Z")).isEmpty();
        assertThat(warningsAt("2026-11-27T00:00:00Z"))
                .singleElement()
                .asString()
                .contains("may become leader");
    }

    private List<String> warningsAt(String time) throws Exception {
        now = Instant.parse(time);
        open();
        ask(inline(bundle("""
                {"apiVersion":"migrator.dev/v1","kind":"Topic","metadata":{"name":"orders","suppress":\
                [{"reason":"it was decided so","rule":"TOP-UNCLEAN","until":"2026-11-26"}]},"spec":{"config":\
                {"unclean.leader.election.enable":true},"partitions":3,"replicationFactor":1}}""")));
        return proposed().warnings();
    }

    @Test
    void theBatchSizeBoundsEachBatch() throws Exception {
        ask(inline(bundle(topic("orders", 3) + "," + topic("refunds", 3))));

        assertThat(proposed().batchCount()).isEqualTo(2);
    }

    @Test
    void aBundleInTheBucketIsTakenFromThereAndNotStoredAgain() throws Exception {
        var uri = "4be21d0/m-1/bundle.json";
        objects.put(uri, ORDERS.getBytes(UTF_8));

        ask(new Effect.PlanRequested(
                ID, 1, "test", "4be21d0", Digest.ofText(ORDERS), Optional.of(uri), Optional.empty(), Optional.empty()));

        assertThat(proposed().bundleUri()).isEqualTo(uri);
    }

    @Test
    void aBundleThatIsNotTheNamedOneIsRejected() throws Exception {
        ask(new Effect.PlanRequested(
                ID,
                1,
                "test",
                "4be21d0",
                Digest.ofText("another"),
                Optional.empty(),
                Optional.of(ORDERS.getBytes(UTF_8)),
                Optional.empty()));

        assertThat(rejected()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("BND-DIGEST");
            assertThat(problem.expected()).isEqualTo(Digest.ofText("another").toString());
            assertThat(problem.found()).isEqualTo(Digest.ofText(ORDERS).toString());
        });
        assertThat(objects.keys()).isEmpty();
    }

    @Test
    void onlyThePartThatIsAskedForIsPlanned() throws Exception {
        var labelled = topic("refunds", 3)
                .replace("\"name\":\"refunds\"", "\"labels\":{\"tier\":\"canary\"},\"name\":\"refunds\"");
        var bundle = bundle(topic("orders", 3) + "," + labelled);
        ask(part(bundle, "tier=canary"));

        var plan =
                PlanCodec.read(objects.bytes(proposed().planUri()), proposed().planDigest());
        assertThat(plan.operations().map(planned -> planned.operation().key().address()))
                .containsExactly("refunds");
        assertThat(plan.warnings())
                .anySatisfy(
                        warning -> assertThat(warning).contains("tier=canary").contains("1 of 2 resources"));
    }

    @Test
    void aPartThatHoldsNothingIsRejected() throws Exception {
        ask(part(bundle(topic("orders", 3)), "tier=canary"));

        assertThat(codes()).containsExactly("CHG-SELECTS-NOTHING");
    }

    private static Effect.PlanRequested part(String bundle, String labels) {
        return new Effect.PlanRequested(
                ID,
                1,
                "test",
                "4be21d0",
                Digest.ofText(bundle),
                Optional.empty(),
                Optional.of(bundle.getBytes(UTF_8)),
                Optional.of(LabelSelector.parse(labels)));
    }

    @Test
    void aChangeWithoutABundleIsRejected() throws Exception {
        ask(new Effect.PlanRequested(
                ID,
                1,
                "test",
                "4be21d0",
                Digest.ofText(ORDERS),
                Optional.of("gone"),
                Optional.empty(),
                Optional.empty()));

        assertThat(codes()).containsExactly("OBJ-MISSING");
    }

    @Test
    void everythingThatIsWrongWithABundleIsSaidAtOnce() throws Exception {
        var twice = topic("orders", 3) + "," + topic("orders", 3);
        var unknownField = topic("refunds", 3).replace("\"partitions\"", "\"partition\"");
        ask(inline(bundle(twice + "," + unknownField)));

        assertThat(codes()).hasSizeGreaterThanOrEqualTo(3).doesNotHaveDuplicates();
        assertThat(rejected()).anySatisfy(problem -> assertThat(problem.thing()).contains("Topic/orders"));
        assertThat(rejected()).anySatisfy(problem -> assertThat(problem.thing()).contains("Topic/refunds"));
        assertThat(objects.keys()).isEmpty();
    }

    @Test
    void whatAPolicyRefusesIsRejectedAndNothingIsStored() throws Exception {
        judgingBy("""
                  - {name: three, over: resource, require: resource.spec.partitions >= 3, message: three partitions}
                  - {name: named, over: change, require: change.address.startsWith("o"), message: a good name}
                """);
        ask(inline(bundle(topic("orders", 3) + "," + topic("refunds", 1))));

        assertThat(rejected())
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.code()).isEqualTo("POL-DENIED"));
        assertThat(rejected().getFirst().message()).isEqualTo("policy three refuses this");
        assertThat(rejected().getFirst().thing()).isEqualTo("Topic/refunds");
        assertThat(rejected().getLast().thing()).isEqualTo("create topic refunds");
        assertThat(objects.keys()).isEmpty();
    }

    @Test
    void whatAPolicyRemarksAndWhoHasToApproveIsPartOfThePlan() throws Exception {
        judgingBy("""
                  - {name: small, over: change, deny: 'change.after["partitions"] < 6', message: six are better, severity: warning}
                  - {name: owners, over: change, approvals: {count: 2, group: owners}, message: m}
                """);
        ask(inline(ORDERS));

        assertThat(proposed().approvals()).containsExactly(new ApprovalNeed(2, "owners", "owners"));
        assertThat(proposed().judgedUntil()).isEmpty();
        var stored =
                PlanCodec.read(objects.bytes(proposed().planUri()), proposed().planDigest());
        assertThat(stored.approvals()).isEqualTo(proposed().approvals());
        assertThat(stored.warnings()).singleElement().asString().contains("six are better", "create topic orders");
    }

    @Test
    void aPlanUnderOtherRulesHasOtherBytes() throws Exception {
        ask(inline(ORDERS));
        judgingBy("  - {name: few, over: plan, deny: plan.changes > 100, message: m}\n");
        ask(inline(ORDERS));

        var digests = desk.facts(Topics.PLANS).stream()
                .map(fact -> ((Fact.PlanProposed) fact).plan().planDigest())
                .distinct()
                .toList();
        assertThat(digests).hasSize(2);
    }

    @Test
    void underRulesThatLookAtTheTimeAPlanSaysHowLongItIsJudgedFor() throws Exception {
        var friday = "  - {name: friday, over: change, deny: now.getDayOfWeek() == 5, message: not on a Friday}\n";
        judgingBy(friday);
        ask(inline(ORDERS));

        assertThat(proposed().judgedUntil()).contains(Instant.parse("2026-11-27T00:00:00Z"));

        now = Instant.parse("2026-11-27T00:00:00Z");
        judgingBy(friday);
        ask(inline(ORDERS));

        assertThat(desk.facts(Topics.PLANS).getLast()).isInstanceOf(Fact.PlanRejected.class);
    }

    @Test
    void whatIsKnownOfABundleIsThatOfItsDigest() throws Exception {
        judgingBy(
                "  - {name: tested, over: plan, require: '\"staging\" in bundle.succeededIn', message: m}\n",
                (digest, _) -> digest.equals(Digest.ofText(ORDERS))
                        ? new TrackRecord(new TreeSet<>(Set.of("staging")), List.of())
                        : TrackRecord.NONE);
        ask(inline(ORDERS));
        ask(inline(bundle(topic("orders", 4))));

        assertThat(desk.facts(Topics.PLANS)).hasSize(2);
        assertThat(desk.facts(Topics.PLANS).getFirst()).isInstanceOf(Fact.PlanProposed.class);
        assertThat(desk.facts(Topics.PLANS).getLast()).isInstanceOf(Fact.PlanRejected.class);
    }

    @Test
    void evidenceThatAPolicyAsksForAdmitsTheBundleAndIsNamedInThePlan() throws Exception {
        var evidence = new EvidenceStore(objects);
        judgingBy(
                "  - {name: tested, over: plan, message: m, require: 'bundle.evidence.exists(e, e.kind =="
                        + " \"load-test\" && e.by == \"ci\" && e.passed)'}\n",
                new KnownBundles(BundleHistory.NONE, evidence));
        var digest = Digest.ofText(ORDERS);
        ask(inline(ORDERS));
        evidence.add(new Evidence(digest, "load-test", "eve", now, Value.object("passed", Value.of(true))));
        evidence.add(new Evidence(digest, "load-test", "ci", now, Value.object("passed", Value.of(false))));
        ask(inline(ORDERS));
        assertThat(desk.facts(Topics.PLANS))
                .as("without it, with that of somebody else, and with that of a failed run")
                .hasSize(2)
                .allMatch(Fact.PlanRejected.class::isInstance);

        var passed = evidence.add(
                new Evidence(digest, "load-test", "ci", now.plusSeconds(1), Value.object("passed", Value.of(true))));
        ask(inline(ORDERS));

        var admitted = ((Fact.PlanProposed) desk.facts(Topics.PLANS).getLast()).plan();
        assertThat(admitted.warnings())
                .containsExactly("policies rely on evidence load-test " + passed.digest()
                        + " added by ci at 2026-11-26T23:55:11Z");

        evidence.add(new Evidence(
                digest,
                "load-test",
                "ci",
                now.plusSeconds(2),
                Value.object("passed", Value.of(true), "run", Value.of(2))));
        ask(inline(ORDERS));

        assertThat(((Fact.PlanProposed) desk.facts(Topics.PLANS).getLast())
                        .plan()
                        .planDigest())
                .as("more of it later voids no approval")
                .isEqualTo(admitted.planDigest());
    }

    @Test
    void evidenceThatNoPolicyLooksAtIsNotSpokenOf() throws Exception {
        var evidence = new EvidenceStore(objects);
        judgingBy(
                "  - {name: few, over: plan, deny: plan.changes > 100, message: m}\n",
                new KnownBundles(BundleHistory.NONE, evidence));
        evidence.add(new Evidence(Digest.ofText(ORDERS), "unit", "ci", now, Value.object("passed", Value.of(true))));

        ask(inline(ORDERS));

        assertThat(proposed().warnings()).isEmpty();
    }

    @Test
    void evidenceThatWasTamperedWithRefusesThePlan() throws Exception {
        var spoilt = new MemoryObjects();
        spoilt.spoilWhatIsPut();
        var evidence = new EvidenceStore(spoilt);
        evidence.add(new Evidence(Digest.ofText(ORDERS), "unit", "ci", now, Value.object("passed", Value.of(true))));
        judgingBy(
                "  - {name: few, over: plan, deny: plan.changes > 100, message: m}\n",
                new KnownBundles(BundleHistory.NONE, evidence));

        ask(inline(ORDERS));

        assertThat(rejected()).extracting(Problem::code).containsExactly("OBJ-DIGEST");
    }

    @Test
    void whereTheBucketDoesNotTellTheEvidenceNothingIsAnswered() {
        var away = new MemoryObjects();
        away.goAway();
        judgingBy(
                "  - {name: few, over: plan, deny: plan.changes > 100, message: m}\n",
                new KnownBundles(BundleHistory.NONE, new EvidenceStore(away)));

        assertThatThrownBy(() -> ask(inline(ORDERS))).isInstanceOf(ObjectStoreUnavailable.class);
        assertThat(desk.facts(Topics.PLANS)).isEmpty();
    }

    @Test
    void aShareIsTakenOfWhatIsThereAndManaged() throws Exception {
        judgingBy("""
                  - {name: share, over: plan, deny: "true", message: m,
                     found: 'string(plan.kinds["topic"].managed) + " and " + string(plan.kinds["topic"].creates)'}
                """);
        target.outsiderSets(Plans.topic("orders"), Plans.retention("5"));
        target.outsiderSets(Plans.topic("others"), Plans.retention("5"));
        ask(inline(bundle(topic("orders", 3) + "," + topic("refunds", 3))));

        assertThat(rejected().getFirst().found()).isEqualTo("1 and 1");
    }

    @Test
    void anEmptyBundleIsRejected() throws Exception {
        ask(inline(bundle("")));

        assertThat(rejected())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("no-empty-bundle"));
    }

    @Test
    void anUnknownEnvironmentIsRejectedWithTheKnownOnes() throws Exception {
        ask(new Effect.PlanRequested(
                ID,
                1,
                "staging",
                "4be21d0",
                Digest.ofText(ORDERS),
                Optional.empty(),
                Optional.of(ORDERS.getBytes(UTF_8)),
                Optional.empty()));

        assertThat(rejected()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("ENV-UNKNOWN");
            assertThat(problem.expected()).contains("test", "production");
            assertThat(problem.found()).isEqualTo("staging");
        });
    }

    @Test
    void aTargetThatIsAwayIsWaitedForAndTheQuestionIsNotAnswered() {
        provider.away();
        assertThatThrownBy(() -> ask(inline(ORDERS))).isInstanceOf(TargetException.Unavailable.class);
        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void aTargetThatCameBackIsReadWithoutARestart() throws Exception {
        provider.away();
        assertThatThrownBy(() -> ask(inline(ORDERS))).isInstanceOf(TargetException.Unavailable.class);

        provider.answering();
        ask(inline(ORDERS));

        assertThat(proposed().creates()).isEqualTo(1);
    }

    @Test
    void aTargetThatIsAnotherSystemIsRejected() throws Exception {
        provider.refusing();
        ask(inline(ORDERS));

        assertThat(codes()).containsExactly("TGT-WRONG-CLUSTER");
    }

    @Test
    void aBucketThatIsAwayIsWaitedForAndTheQuestionIsNotAnswered() {
        objects.goAway();

        assertThatThrownBy(() -> ask(inline(ORDERS))).isInstanceOf(Unavailable.class);
        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void anAnswerThatDidNotReachTheLogIsNoAnswer() {
        desk.failing(new TimeoutException("no broker"));

        assertThatThrownBy(() -> ask(inline(ORDERS))).isInstanceOf(Unavailable.class);
    }

    @Test
    void questionsForOthersAreLeftAlone() throws Exception {
        work.handle(desk.task(new Effect.SnapshotRequested(ID, 1, "test", "4be21d0", Digest.ofText("p"), "p")));

        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void thePhasesThatABundleDeclaresForTheEnvironmentAndTheirBakesAreInThePlanAndInWhatIsToldOfIt() throws Exception {
        var rollout = """
                {"apiVersion":"migrator.dev/v1","kind":"Rollout","metadata":{"name":"calm"},"spec":{"environments":["test"],\
                "phases":[{"bake":"10m","name":"first","select":{"resources":["Topic/refunds"]}}],"rest":{"bake":"2h"}}}""";
        ask(inline("""
                {"apiVersion":"migrator.dev/v1","kind":"Bundle","resources":[%s,%s],"settings":[%s]}""".formatted(topic("orders", 3), topic("refunds", 3), rollout)));

        var plan = proposed();
        assertThat(plan.phases())
                .containsExactly(
                        new PlanSummary.PhaseSummary("first", 0, 1, 0, Optional.of(Bake.parse("10m"))),
                        new PlanSummary.PhaseSummary("rest", 1, 1, 0, Optional.of(Bake.parse("2h"))));
        var stored = PlanCodec.read(objects.bytes(plan.planUri()), plan.planDigest());
        assertThat(stored.phases())
                .extracting(phase -> phase.name() + " " + phase.bake() + " " + phase.selects())
                .containsExactly("first 10m Topic/refunds", "rest 2h ");
    }

    /** It would else be planned with no phase of its own and no bake. */
    @Test
    void aRolloutForAMisspeltEnvironmentIsRejectedWithThoseThatThereAre() throws Exception {
        var rollout = """
                {"apiVersion":"migrator.dev/v1","kind":"Rollout","metadata":{"name":"calm"},"spec":{"environments":["prodution","test"],\
                "rest":{"bake":"2h"}}}""";
        ask(inline("""
                {"apiVersion":"migrator.dev/v1","kind":"Bundle","resources":[%s],"settings":[%s]}""".formatted(topic("orders", 3), rollout)));

        assertThat(rejected()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("ROL-UNKNOWN-ENVIRONMENT");
            assertThat(problem.thing()).isEqualTo("Rollout/calm");
            assertThat(problem.expected()).contains("test", "production");
            assertThat(problem.found()).isEqualTo("prodution");
        });
    }

    private void ask(Effect.PlanRequested question) throws TargetException.Unavailable {
        work.handle(desk.task(question));
    }

    private dev.migrator.core.lifecycle.PlanSummary proposed() {
        return desk.fact(Topics.PLANS, Fact.PlanProposed.class).plan();
    }

    private List<Problem> rejected() {
        return desk.fact(Topics.PLANS, Fact.PlanRejected.class).problems();
    }

    private List<String> codes() {
        return rejected().stream().map(Problem::code).toList();
    }

    private static Effect.PlanRequested inline(String bundle) {
        return new Effect.PlanRequested(
                ID,
                1,
                "test",
                "4be21d0",
                Digest.ofText(bundle),
                Optional.empty(),
                Optional.of(bundle.getBytes(UTF_8)),
                Optional.empty());
    }

    private static String bundle(String resources) {
        return "{\"apiVersion\":\"migrator.dev/v1\",\"kind\":\"Bundle\",\"resources\":[" + resources + "]}";
    }

    private static String topic(String name, int partitions) {
        return """
                {"apiVersion":"migrator.dev/v1","kind":"Topic","metadata":{"name":"%s"},\
                "spec":{"partitions":%d,"replicationFactor":1}}""".formatted(name, partitions);
    }
}
