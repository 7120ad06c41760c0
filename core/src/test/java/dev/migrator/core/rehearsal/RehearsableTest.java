package dev.migrator.core.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.AclTuple;
import dev.migrator.core.kinds.GrantTuple;
import dev.migrator.core.kinds.Membership;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.Removal;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.SmokeCheck;
import dev.migrator.core.plan.UndoClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RehearsableTest {
    private static final EntryKey TOPIC = new EntryKey("kafka", "topic", "orders");
    private static final EntryKey CONNECTOR = new EntryKey("connect", "connector", "to-lake");
    private static final EntryKey ACL = new EntryKey("kafka", "acl", "one");
    private static final EntryKey ROLE = new EntryKey("postgres", "role", "reports");

    @Test
    void whatIsRiskyAndHasNoPlaceIsNamedAsThat() {
        var rehearsable = of(deletion(TOPIC, Removal.RETIRE, List.of()), deletion(ROLE, Removal.RETIRE, List.of()));

        assertThat(rehearsable.plan().written()).containsExactly(TOPIC);
        assertThat(rehearsable.risky()).containsOnlyKeys(ROLE);
        assertThat(rehearsable.risky().get(ROLE)).contains("no target postgres");
    }

    @Test
    void whatNeedsSomethingThatIsLeftOutIsLeftOutWithItAndCountsAsRiskyToo() {
        var rehearsable = of(
                deletion(ROLE, Removal.RETIRE, List.of()),
                deletion(TOPIC, Removal.RETIRE, List.of("postgres|role|reports")));

        assertThat(rehearsable.plan().isEmpty()).isTrue();
        assertThat(rehearsable.risky()).containsOnlyKeys(ROLE, TOPIC);
    }

    @Test
    void aConnectorIsLeftOutAndWhatComesAfterItIsNot() {
        var rehearsable = of(
                deletion(CONNECTOR, Removal.RETIRE, List.of()),
                deletion(TOPIC, Removal.RETIRE, List.of("connect|connector|to-lake")));

        assertThat(rehearsable.plan().written()).containsExactly(TOPIC);
        assertThat(rehearsable.risky()).isEmpty();
        assertThat(rehearsable.unproven().getFirst().why()).contains("connectors are not rehearsed");
        assertThat(rehearsable.unproven().getFirst().left()).isTrue();
    }

    @Test
    void anActionIsNeverCalled() {
        var action = new EntryKey("kafka", "action", "POST /flush");

        assertThat(of(deletion(action, Removal.RETIRE, List.of())).plan().isEmpty())
                .isTrue();
        assertThat(new Untouched(Map.of()).why(action)).get().asString().contains("actions are not rehearsed");
    }

    @Test
    void whatNeedsAnActionToBeDoneFirstIsLeftOutWithIt() {
        var action = new EntryKey("kafka", "action", "make");
        var rehearsable =
                of(creation(action), deletion(TOPIC, Removal.RETIRE, List.of("kafka|action|make")), creation(ACL));

        assertThat(rehearsable.plan().written()).containsExactly(ACL);
        assertThat(rehearsable.risky())
                .as("the action asks for no rehearsal, what needs it does")
                .containsOnlyKeys(TOPIC);
    }

    @Test
    void anEntryOfAnInHouseSystemIsLeftAloneWhereverItIs() {
        var policy = new EntryKey("kafka", "external", "bucket-policy/shop");
        var rehearsable = of(deletion(policy, Removal.RETIRE, List.of()), creation(ACL));

        assertThat(rehearsable.plan().written()).containsExactly(ACL);
        assertThat(rehearsable.risky()).isEmpty();
        assertThat(rehearsable.unproven().getFirst().why()).contains("in-house systems");
        assertThat(Untouched.isOutside(policy)).isTrue();
    }

    @Test
    void whatOnlyAddsAndHasNoPlaceIsNotRisky() {
        var rehearsable = of(creation(ROLE), deletion(TOPIC, Removal.RETIRE, List.of()));

        assertThat(rehearsable.unproven().getFirst().left()).isTrue();
        assertThat(rehearsable.risky()).isEmpty();
    }

    @Test
    void whatTheExecutorNeedsThereIsLeftAlone() {
        var untouched = new Untouched(Map.of("kafka", "User:migrator", "postgres", "User:migrator"));

        assertThat(List.of(
                        acl("User:migrator", "ALLOW"),
                        acl("User:*", "DENY"),
                        new EntryKey("kafka", "scram-user", "migrator"),
                        new EntryKey("postgres", "role", "migrator"),
                        new EntryKey("postgres", "role-member", new Membership("owner", "migrator").address()),
                        new EntryKey(
                                "postgres", "grant", new GrantTuple("migrator", "USAGE", "schema", "", "s").address())))
                .allMatch(key -> untouched.why(key).isPresent());
        assertThat(List.of(
                        acl("User:shop", "ALLOW"),
                        acl("User:*", "ALLOW"),
                        new EntryKey("kafka", "scram-user", "migrator-2"),
                        new EntryKey("other", "role", "migrator"),
                        new EntryKey("kafka", "acl", "no address"),
                        TOPIC))
                .allMatch(key -> untouched.why(key).isEmpty());
    }

    @Test
    void checksOfWhatIsMadeThereStayAndTheOthersAreNamedWithTheirReason() {
        var version = new EntryKey("kafka", "artifact-version", "shop/Order@2");
        var kept = List.of(
                check("flows", "kafka", "topic-round-trip", Map.of("topic", "orders")),
                check(
                        "reads",
                        "kafka",
                        "schema-readable",
                        Map.of("group", "shop", "artifactId", "Order", "version", "2")));
        var left = List.of(
                check("page", "", "http", Map.of("url", "http://shop.example")),
                check("elsewhere", "other", "topic-round-trip", Map.of("topic", "orders")),
                check("unchanged", "kafka", "topic-round-trip", Map.of("topic", "payments")),
                check("unmade", "connect", "topic-round-trip", Map.of("topic", "orders")),
                check("newer", "kafka", "of-tomorrow", Map.of("topic", "orders")));

        var rehearsable = of(Stream.concat(left.stream(), kept.stream()).toList(), creation(TOPIC), creation(version));

        assertThat(rehearsable.plan().phases().getFirst().checks()).isEqualTo(kept);
        assertThat(rehearsable.unproven())
                .allMatch(Unproven::left)
                .extracting(one -> one.about() + ": " + one.why())
                .containsExactly(
                        "check page: it asks another system, which may be a real one",
                        "check elsewhere: there is no target other of this type in stage",
                        "check unchanged: what it looks at is not made or changed in the rehearsal, so it would show nothing",
                        "check unmade: what it looks at is not made or changed in the rehearsal, so it would show nothing",
                        "check newer: checks of its type are not run in a rehearsal");
    }

    @Test
    void aCheckOfAnEarlierPhasesTopicStaysAlsoWhereNothingElseOfItsPhaseIsRehearsed() {
        var check = check("flows", "kafka", "topic-round-trip", Map.of("topic", "orders"));

        var rehearsable = of(
                new Phase(0, "canary", List.of(new Batch(0, "kafka", List.of(creation(TOPIC)))), List.of()),
                new Phase(1, "rest", List.of(new Batch(1, "postgres", List.of(creation(ROLE)))), List.of(check)));

        assertThat(rehearsable.plan().phases()).last().satisfies(phase -> {
            assertThat(phase.number()).isOne();
            assertThat(phase.batches()).isEmpty();
            assertThat(phase.checks()).containsExactly(check);
        });
    }

    private static SmokeCheck check(String name, String target, String type, Map<String, String> spec) {
        var fields = new TreeMap<String, Value>();
        spec.forEach((field, value) -> fields.put(field, Value.of(value)));
        return new SmokeCheck(name, target, type, Value.object(fields));
    }

    private static EntryKey acl(String principal, String permission) {
        return new EntryKey(
                "kafka",
                "acl",
                new AclTuple(principal, "*", "ALL", permission, "TOPIC", "LITERAL", "orders").address());
    }

    private static PlannedOperation creation(EntryKey key) {
        return new PlannedOperation(
                "uid-" + key.address(),
                "Thing/" + key.address(),
                new Operation.Create(key, Content.EMPTY),
                "",
                Risk.ADDITIVE,
                UndoClass.EXACT,
                List.of());
    }

    private static PlannedOperation deletion(EntryKey key, Removal removal, List<String> dependsOn) {
        return new PlannedOperation(
                "uid-" + key.address(),
                "Thing/" + key.address(),
                new Operation.Delete(key, Content.EMPTY, removal),
                "",
                Risk.DESTRUCTIVE,
                UndoClass.EXACT,
                dependsOn);
    }

    private static Rehearsable of(PlannedOperation... operations) {
        return of(List.of(), operations);
    }

    private static Rehearsable of(List<SmokeCheck> checks, PlannedOperation... operations) {
        var batches = new ArrayList<Batch>();
        for (var operation : operations) {
            batches.add(new Batch(batches.size(), operation.operation().key().target(), List.of(operation)));
        }
        return of(new Phase(0, "phase", batches, checks));
    }

    private static Rehearsable of(Phase... phases) {
        var none = Digest.ofText("");
        var plan = new Plan("production", none, none, none, List.of(phases), List.of(), List.of());
        return Rehearsable.of(plan, "stage", Set.of("kafka", "connect"), new Untouched(Map.of()), new Fit(Map.of()));
    }
}
