package dev.migrator.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.bundle.TestManifests;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.inventory.InventoryChange;
import dev.migrator.core.inventory.KnownEntry;
import dev.migrator.core.kinds.AclTuple;
import dev.migrator.core.kinds.KafkaUserKind;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.PutBack.Left;
import dev.migrator.core.plan.PutBack.Wanted;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a restore and a revert do with one entry, and what they refuse. */
class PutBackPlannerTest {
    private static final EntryKey T = Planning.topic("t");
    private static final EntryKey STRANGER = Planning.topic("stranger");

    private final World world = new World();
    private final Books books = new Books();

    private static Content topic(String retention) {
        return new Content(new TreeMap<>(Map.of(
                "partitions", Value.of(3), "replication", Value.of(1), "config.retention.ms", Value.of(retention))));
    }

    private void managed(String retention) {
        books.migrate(
                TestManifests.bundle(List.of(TestManifests.topic("t", "{'retention.ms':'" + retention + "'}"))), world);
    }

    private PlanResult restore(boolean unmanaged, SortedSet<PutBack.Covered> removing, Wanted... wanted) {
        var what = new PutBack(unmanaged, removing, List.of(wanted));
        var keys = PutBackPlanner.keysToRead(Planning.PRODUCTION, what, books.inventory());
        return PutBackPlanner.plan(new PutBackPlanner.Input(
                Planning.PRODUCTION,
                what,
                "as in snapshot s-1",
                Digest.ofText("document"),
                world.read(keys.keys()),
                Map.of("kafka", Planning.EVERYTHING, "registry", Planning.EVERYTHING),
                PlanLimits.STANDARD,
                Policy.of(Planning.PRODUCTION).digest(),
                books.inventory()));
    }

    private Plan planned(PlanResult result) {
        assertThat(result).isInstanceOf(PlanResult.Planned.class);
        return ((PlanResult.Planned) result).plan();
    }

    private static List<String> codes(PlanResult result) {
        assertThat(result).isInstanceOf(PlanResult.Rejected.class);
        return ((PlanResult.Rejected) result)
                .findings().stream()
                        .filter(finding -> finding.stops())
                        .map(finding -> finding.problem().code())
                        .toList();
    }

    private static Wanted recorded(EntryKey key, Content content) {
        return new Wanted(key, Optional.of(content), Optional.empty());
    }

    @Test
    void whatOthersChangedIsPutBackAndTheReasonSaysWhereItWasRecorded() {
        managed("111");
        var recorded = world.state(T).contentIfPresent().orElseThrow();
        var changed = new TreeMap<>(recorded.fields());
        changed.put("config.retention.ms", Value.of("999"));
        changed.put("config.segment.ms", Value.of("5"));
        world.change(T, new Content(changed));

        var plan = planned(restore(false, new TreeSet<>(), recorded(T, recorded)));

        assertThat(Planning.operations(plan)).containsExactly("~ topic t");
        var operation = plan.operations().findFirst().orElseThrow();
        assertThat(operation.why()).isEqualTo("put back as in snapshot s-1; changed outside: retention.ms");
        assertThat(((Operation.Update) operation.operation()).after().fields())
                .as("a field that nobody manages is left alone")
                .containsOnlyKeys("config.retention.ms");
    }

    @Test
    void anEntryThatNobodyManagesIsLeftAloneAndCounted() {
        world.present(STRANGER, topic("1"));

        var plan = planned(restore(false, new TreeSet<>(), recorded(STRANGER, topic("2"))));

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.warnings()).anyMatch(warning -> warning.contains("no manifest manages"));
    }

    @Test
    void unmanagedEntriesAreIncludedOnlyWithTwoApprovals() {
        world.present(STRANGER, topic("1"));

        var plan = planned(restore(true, new TreeSet<>(), recorded(STRANGER, topic("2"))));

        assertThat(Planning.operations(plan)).containsExactly("~ topic stranger");
        assertThat(plan.approvals()).anyMatch(need -> need.count() == 2);
        assertThat(plan.inventory()).as("putting back makes nobody its owner").isEmpty();
    }

    @Test
    void whatWasDeletedComesBackAsWhoseItWas() {
        managed("111");
        var recorded = world.state(T).contentIfPresent().orElseThrow();
        books.migrate(
                TestManifests.bundle(
                        List.of(TestManifests.absent(TestManifests.topic("t")), TestManifests.topic("other"))),
                world);

        var plan = planned(restore(false, new TreeSet<>(), recorded(T, recorded)));

        assertThat(Planning.operations(plan)).containsExactly("+ topic t");
        assertThat(plan.inventory())
                .singleElement()
                .satisfies(change -> assertThat(change.key()).isEqualTo(T));
    }

    @Test
    void whatOthersMadeInThePlaceOfWhatWasDeletedIsTheirs() {
        managed("111");
        var recorded = world.state(T).contentIfPresent().orElseThrow();
        books.migrate(
                TestManifests.bundle(
                        List.of(TestManifests.absent(TestManifests.topic("t")), TestManifests.topic("other"))),
                world);
        world.remove(T);
        world.present(T, topic("999"));

        var plan = planned(restore(false, new TreeSet<>(), recorded(T, recorded)));

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.warnings()).anyMatch(warning -> warning.contains("no manifest manages"));
    }

    @Test
    void whatNobodyManagesIsNeverRemoved() {
        world.present(STRANGER, topic("1"));
        var covered = new TreeSet<>(List.of(new PutBack.Covered("kafka", "topic")));

        var plan = planned(restore(true, covered, new Wanted(STRANGER, Optional.empty(), Optional.empty())));

        assertThat(plan.isEmpty()).isTrue();
    }

    @Test
    void aRevertShowsWhatItTakesAlong() {
        managed("111");
        managed("222");
        managed("333");

        var plan = planned(restore(
                false,
                new TreeSet<>(),
                new Wanted(
                        T,
                        Optional.of(Content.of("config.retention.ms", Value.of("111"))),
                        Optional.of(
                                new Left(Optional.of(Content.of("config.retention.ms", Value.of("222"))), "change")))));

        assertThat(Planning.operations(plan)).containsExactly("~ topic t");
        assertThat(plan.warnings())
                .anyMatch(warning -> warning.contains("goes along")
                        && warning.contains("config.retention.ms; last written by migration m-1"));
    }

    private static Wanted update(EntryKey key, Content before, Content after) {
        return new Wanted(key, Optional.of(before), Optional.of(new Left(Optional.of(after), "change")));
    }

    private static Content retention(String millis) {
        return Content.of("config.retention.ms", Value.of(millis));
    }

    private Plan reverting(Wanted... wanted) {
        return planned(restore(false, new TreeSet<>(), wanted));
    }

    @Test
    void whatTheMigrationChangedAndIsGoneSinceIsNotMadeOfTheLittleThatItChanged() {
        managed("111");
        managed("222");
        books.migrate(
                TestManifests.bundle(
                        List.of(TestManifests.absent(TestManifests.topic("t")), TestManifests.topic("other"))),
                world);

        var plan = reverting(update(T, retention("111"), retention("222")));

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.warnings()).anyMatch(warning -> warning.contains("not there any more, and is left so"));
    }

    @Test
    void whatOthersMadeInThePlaceOfWhatAMigrationMadeIsNotTakenAway() {
        var create = new Wanted(T, Optional.empty(), Optional.of(new Left(Optional.of(topic("111")), "change")));
        world.present(T, topic("111"));
        assertThat(reverting(create).isEmpty()).as("nobody manages it").isTrue();

        world.remove(T);
        managed("111");
        assertThat(Planning.operations(reverting(create))).containsExactly("- topic t");
        world.remove(T);
        world.present(T, topic("111"));
        var plan = reverting(create);

        assertThat(plan.isEmpty()).as("made anew by others").isTrue();
        assertThat(plan.warnings()).anyMatch(warning -> warning.contains("left to them"));
    }

    @Test
    void aTopicThatHasGrownKeepsItsPartitionsAndGetsTheRest() {
        managed("111");
        var recorded =
                new TreeMap<>(world.state(T).contentIfPresent().orElseThrow().fields());
        var grown = new TreeMap<>(recorded);
        grown.put("partitions", Value.of(99));
        grown.put("config.retention.ms", Value.of("999"));
        world.change(T, new Content(grown));

        var plan = planned(restore(false, new TreeSet<>(), recorded(T, new Content(recorded))));

        var update =
                (Operation.Update) plan.operations().findFirst().orElseThrow().operation();
        assertThat(update.after().fields()).containsOnlyKeys("config.retention.ms");
        assertThat(plan.warnings()).anyMatch(warning -> warning.contains("cannot be put back"));
    }

    @Test
    void whatAMigrationChangedAboutAnArtifactIsRevertedWithoutItsType() {
        var key = Planning.artifact("shop/order");
        var before = Content.of("rule.COMPATIBILITY", Value.of("BACKWARD"));
        var after = Content.of("rule.COMPATIBILITY", Value.of("NONE"));
        world.present(
                key,
                new Content(new TreeMap<>(Map.of("type", Value.of("AVRO"), "rule.COMPATIBILITY", Value.of("NONE")))));
        books.put(known(key, after));

        assertThat(Planning.operations(reverting(update(key, before, after)))).containsExactly("~ artifact shop/order");
    }

    @Test
    void aReplacedSecretDoesNotComeBackUnseen() {
        var user = new EntryKey("kafka", "scram-user", "refund");
        var iterations = Content.of(KafkaUserKind.ITERATIONS + "SCRAM-SHA-512", Value.of(4096));
        world.present(user, iterations);
        books.put(known(user, iterations.and(password("v2"))));

        assertThat(codes(restore(false, new TreeSet<>(), update(user, password("v1"), password("v1")))))
                .containsExactly("RST-OLD-SECRET");
        assertThat(codes(restore(
                        false,
                        new TreeSet<>(),
                        update(user, Content.of(KafkaUserKind.PASSWORD, Value.NULL), password("v2")))))
                .containsExactly("RST-OLD-SECRET");
    }

    private static Content password(String version) {
        return Content.of(KafkaUserKind.PASSWORD, Value.of("${secret:refund-" + version + "}"));
    }

    private static KnownEntry known(EntryKey key, Content managed) {
        return new KnownEntry(
                "uid-" + key.address(),
                "default",
                key,
                "",
                KnownEntry.fingerprints(managed),
                false,
                List.of(),
                false,
                "m-1");
    }

    @Test
    void aRoleWithALoginIsNotMadeAgainWithoutItsPassword() {
        var role = new EntryKey("postgres", "role", "app");
        var rules = dev.migrator.core.kinds.Kinds.standard().ofEntry("role");

        assertThat(rules.secretToMake(Content.of("login", new Value.Bool(true))))
                .isPresent();
        assertThat(rules.secretToMake(Content.of("login", new Value.Bool(false))))
                .isEmpty();
        assertThat(rules.kind()).as("%s", role).isEqualTo("Role");
    }

    @Test
    void whatWasPurgedSinceIsMadeAnewAndThePlanSaysWhatThatMeans() {
        managed("111");
        var content = world.state(T).contentIfPresent().orElseThrow();
        books.migrate(
                TestManifests.bundle(
                        List.of(TestManifests.absent(TestManifests.topic("t")), TestManifests.topic("other"))),
                world);
        var wanted = new Wanted(T, Optional.of(content), Optional.of(new Left(Optional.empty(), "change")));

        assertThat(reverting(wanted).warnings()).noneMatch(warning -> warning.contains("made anew"));
        world.remove(T);
        assertThat(reverting(wanted).warnings())
                .anyMatch(warning -> warning.startsWith("topic t (kafka): it is gone for good and is made anew"));
    }

    @Test
    void whatARenameLeftInPlaceCanBeManagedAgainAfterItsRevert() {
        managed("111");
        var old = books.known("t");
        world.present(Planning.topic("t.new"), topic("111"));
        books.put(new KnownEntry(
                old.uid(),
                "default",
                Planning.topic("t.new"),
                world.life(Planning.topic("t.new")),
                old.fields(),
                false,
                List.of("t"),
                false,
                "m-2"));

        var plan = reverting(new Wanted(
                Planning.topic("t.new"), Optional.empty(), Optional.of(new Left(Optional.of(topic("111")), "change"))));

        assertThat(Planning.operations(plan)).containsExactly("- topic t.new");
        assertThat(plan.inventory()).containsExactly(new InventoryChange.Forget(old.uid(), Planning.topic("t.new")));
    }

    @Test
    void aRevertKeepsTheOrderThatItsMigrationHad() {
        managed("111");
        books.migrate(
                TestManifests.bundle(
                        List.of(TestManifests.topic("t"), TestManifests.topic("u"), TestManifests.topic("v"))),
                world);
        var u = Planning.topic("u");
        var left = Optional.of(new Left(Optional.of(Content.EMPTY), "change"));

        var plan = reverting(
                new Wanted(T, Optional.empty(), left, List.of()), new Wanted(u, Optional.empty(), left, List.of(T)));

        assertThat(Planning.operations(plan))
                .as("what needs the other goes first")
                .containsExactly("- topic u", "- topic t");
    }

    @Test
    void whatIsAsItWasAlreadyTakesNothingAlong() {
        managed("111");

        var plan = reverting(
                update(T, retention("111"), retention("222")),
                new Wanted(STRANGER, Optional.empty(), Optional.of(new Left(Optional.of(topic("5")), "change"))));

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.warnings()).noneMatch(warning -> warning.contains("goes along"));
    }

    @Test
    void aUserThatIsGoneIsNotMadeAgainWithoutItsPassword() {
        var user = new EntryKey("kafka", "scram-user", "refund");
        var content = Content.of(KafkaUserKind.ITERATIONS + "SCRAM-SHA-512", Value.of(4096));

        assertThat(codes(restore(true, new TreeSet<>(), recorded(user, content))))
                .containsExactly("RST-SECRET");
    }

    @Test
    void aUserThatIsGoneIsLeftOutByNameAndAllElseComesBackItsRulesToo() {
        var user = new EntryKey("kafka", "scram-user", "refund");
        var rule = new EntryKey(
                "kafka", "acl", new AclTuple("User:refund", "*", "READ", "ALLOW", "TOPIC", "LITERAL", "t").address());
        var iterations = Content.of(KafkaUserKind.ITERATIONS + "SCRAM-SHA-512", Value.of(4096));

        var plan = planned(restore(
                true,
                new TreeSet<>(),
                recorded(user, iterations),
                recorded(rule, Content.EMPTY),
                recorded(T, topic("5"))));

        assertThat(plan.written()).containsExactlyInAnyOrder(rule, T);
        assertThat(plan.warnings())
                .anyMatch(warning -> warning.endsWith("3 entries, 1 of which are left out for want of a secret"))
                .anyMatch(warning -> warning.startsWith("scram-user refund (kafka), ")
                        && warning.contains("no snapshot holds its secret"));
    }

    @Test
    void whatIsOnlyOutOfUseIsNotSaidToBeGoneWhenItsSecretIsMissing() {
        var user = new EntryKey("kafka", "scram-user", "refund");
        var iterations = Content.of(KafkaUserKind.ITERATIONS + "SCRAM-SHA-512", Value.of(4096));

        world.retired(user, iterations);
        assertThat(planned(restore(true, new TreeSet<>(), recorded(user, iterations), recorded(T, topic("5"))))
                        .warnings())
                .anyMatch(warning ->
                        warning.endsWith("found it is out of use, and is not taken into use without its secret"))
                .noneMatch(warning -> warning.contains("found it is gone"));

        world.remove(user);
        assertThat(planned(restore(true, new TreeSet<>(), recorded(user, iterations), recorded(T, topic("5"))))
                        .warnings())
                .anyMatch(warning -> warning.endsWith("found it is gone, and its secret with it"));
    }

    @Test
    void whatOnlyAPasswordCouldChangeIsLeftAndAMechanismGoesWithoutIt() {
        var users = dev.migrator.core.kinds.Kinds.standard().ofEntry(KafkaUserKind.ENTRY);
        var sha256 = KafkaUserKind.ITERATIONS + "SCRAM-SHA-256";
        var sha512 = KafkaUserKind.ITERATIONS + "SCRAM-SHA-512";
        var recorded = new Content(new TreeMap<>(Map.of(sha256, Value.NULL, sha512, Value.of(4096))));
        var same = new EntryState.Present(Content.of(sha512, Value.of(4096)), "");
        var changed = new EntryState.Present(
                new Content(new TreeMap<>(Map.of(sha256, Value.of(4096), sha512, Value.of(8192)))), "");

        assertThat(users.restorable(recorded, same)).isEqualTo(recorded);
        assertThat(users.restorable(recorded, changed)).isEqualTo(Content.of(sha256, Value.NULL));
        assertThat(users.restorable(recorded, EntryState.ABSENT)).isEqualTo(recorded);
    }

    @Test
    void aRecordWithoutAnyOfAKindNeverRemovesAll() {
        managed("111");
        var acl = Planning.acl("User:a|READ|TOPIC|x");
        var covered = new TreeSet<>(List.of(new PutBack.Covered("kafka", "topic")));

        assertThat(codes(restore(false, covered, new Wanted(acl, Optional.empty(), Optional.empty()))))
                .containsExactly("RST-EMPTY");
    }

    @Test
    void whatTheEnvironmentDoesNotHaveStopsBeforeAnythingIsRead() {
        var keys = PutBackPlanner.keysToRead(
                Planning.PRODUCTION,
                new PutBack(
                        false,
                        new TreeSet<>(),
                        List.of(
                                recorded(new EntryKey("elsewhere", "topic", "t"), topic("1")),
                                recorded(new EntryKey("kafka", "unheard-of", "t"), topic("1")))),
                books.inventory());

        assertThat(keys.stops()).isTrue();
        assertThat(keys.findings())
                .extracting(finding -> finding.problem().code())
                .containsExactlyInAnyOrder("TGT-UNKNOWN", "RST-KIND");
    }
}
