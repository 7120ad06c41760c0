package dev.migrator.target.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.core.kinds.ArtifactType;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Groups, rules of the whole registry, types, and what is said about artifacts and versions, on a real one. */
class RegistrySettingsTest {
    private static final String EMPTY = "{\"fields\":[],\"name\":\"Order\",\"type\":\"record\"}";
    private static final String INCOMPATIBLE =
            "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"id\",\"type\":\"long\"}]}";

    private final String group = "s-" + UUID.randomUUID();
    private final Outsider outsider = new Outsider(Registries.withDeletion());
    private final TargetWriter registry = Registries.writer(Registries.withDeletion());

    @AfterEach
    void close() {
        Stream.of("COMPATIBILITY", "VALIDITY", "INTEGRITY")
                .forEach(rule -> outsider.call("DELETE", "/admin/rules/" + rule, ""));
        registry.close();
    }

    /** Why no group is ever deleted: the server has no deletion that spares what somebody adds meanwhile. */
    @Test
    void theServerDeletesAGroupWithAllThatIsInIt() {
        outsider.makeArtifact(ArtifactName.artifact(group, "added meanwhile"), "AVRO");

        outsider.done("DELETE", "/groups/" + group, "");

        assertThat(outsider.get("/groups/" + group + "/artifacts/added%20meanwhile")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anEmptyGroupIsTakenOutOfUseAndNeverDeletedAlthoughTheServerWouldDoIt() throws Exception {
        var create = group(Map.of("description", Value.of("shop")));
        applied(create);

        assertThat(apply(create.inverse())).isInstanceOf(Outcome.Retained.class);

        assertThat(outsider.get("/groups/" + group).status()).isEqualTo(200);
        assertThat(read(create.key())).isInstanceOf(EntryState.Retired.class);
        assertThat(registry.list("artifact-group")).doesNotContain(create.key());
    }

    @Test
    void aGroupIsMadeBeforeWhatIsInItAlsoInOneCall() throws Exception {
        var create = group(Map.of("description", Value.of("shop"), "rule.VALIDITY", Value.of("FULL")));

        var outcomes = applyAll(create, artifact("a"), artifact("b"), version("a", "1", "{\"type\":\"recrod\"}"));

        assertThat(outcomes.subList(0, 3)).allMatch(Outcome.Applied.class::isInstance);
        assertThat(outcomes.get(3)).isInstanceOf(Outcome.Failed.class); // the group's rule was there in time
        assertThat(create.after().holdsIn(content(create.key()))).isTrue();
    }

    @Test
    void aGroupCutOffIsOutOfUseUntilItIsRepeated() throws Exception {
        var create = group(Map.of("labels.team", Value.of("shop"), "rule.VALIDITY", Value.of("FULL")));

        assertThatThrownBy(() -> registry.apply(List.of(create), endsAfter(1)))
                .isInstanceOf(TargetException.Fenced.class);
        assertThat(read(create.key())).isInstanceOf(EntryState.Retired.class);

        applied(create);
        assertThat(create.after().holdsIn(content(create.key()))).isTrue();
        assertThat(outsider.get("/groups/" + group).object().get("labels"))
                .isEqualTo(Value.object("team", Value.of("shop")));
    }

    @Test
    void theDefaultGroupIsRefused() throws Exception {
        var create = new Operation.Create(key("artifact-group", "default"), Content.of("description", Value.of("x")));

        assertThat(dryRun(create).getFirst()).isInstanceOf(DryRunOutcome.Refused.class);
        assertThat(apply(create)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void aRuleOfTheWholeRegistryIsMadeChangedAndTakenAway() throws Exception {
        var create = rule("VALIDITY", "SYNTAX_ONLY");
        var update = new Operation.Update(create.key(), create.after(), Content.of("config", Value.of("FULL")));

        assertThat(dryRun(create)).containsExactly(new DryRunOutcome.Accepted(create.key()));
        applied(create);
        assertThat(registry.list("registry-rule")).contains(create.key());
        assertThat(apply(create)).isInstanceOf(Outcome.AlreadyApplied.class);
        assertThat(apply(rule("VALIDITY", "NONE"))).isInstanceOf(Outcome.Conflict.class);
        applied(update);
        assertThat(content(create.key())).isEqualTo(update.after());
        applied(update.inverse());
        assertThat(apply(new Operation.Delete(create.key(), update.after(), Removal.RETIRE)))
                .isInstanceOf(Outcome.Conflict.class);
        assertThat(apply(create.inverse())).isInstanceOf(Outcome.Applied.class);

        assertThat(read(create.key())).isEqualTo(EntryState.ABSENT);
        assertThat(outsider.get("/admin/rules/VALIDITY").status()).isEqualTo(404);
    }

    @Test
    void aRuleThatNoRegistryHasIsRefused() throws Exception {
        assertThat(apply(rule("BEAUTY", "FULL"))).isInstanceOf(Outcome.Failed.class);
        assertThat(apply(rule("VALIDITY", "SOMETIMES"))).isInstanceOf(Outcome.Failed.class);
        assertThat(dryRun(rule("BEAUTY", "FULL"), rule("VALIDITY", "SOMETIMES")))
                .allMatch(DryRunOutcome.Refused.class::isInstance);
        assertThat(outsider.get("/admin/rules").body()).isEqualTo("[]");
    }

    @Test
    void aDryRunCountsTheRulesThatThePlanMakesForGroupAndRegistry() throws Exception {
        applied(artifact("order"), version("order", "1", EMPTY));
        var bad = version("order", "2", INCOMPATIBLE);
        assertThat(dryRun(bad)).containsExactly(new DryRunOutcome.Accepted(bad.key()));

        assertUnchecked(dryRun(rule("COMPATIBILITY", "BACKWARD"), bad).getLast());
        assertUnchecked(dryRun(group(Map.of("rule.COMPATIBILITY", Value.of("BACKWARD"))), bad)
                .getLast());

        applied(rule("COMPATIBILITY", "BACKWARD"));
        assertThat(dryRun(bad).getFirst()).isInstanceOf(DryRunOutcome.Refused.class);
        assertThat(apply(bad)).isInstanceOf(Outcome.Failed.class);
        // taken away by the plan itself, or set aside for this group
        assertThat(dryRun(rule("COMPATIBILITY", "BACKWARD").inverse(), bad).getLast())
                .isInstanceOf(DryRunOutcome.Accepted.class);
        var update = new Operation.Update(
                key("artifact-group", group),
                Content.of("rule.COMPATIBILITY", Value.NULL),
                Content.of("rule.COMPATIBILITY", Value.of("NONE")));
        assertThat(dryRun(update, bad).getLast()).isInstanceOf(DryRunOutcome.Accepted.class);
        applied(update);
        applied(bad);
    }

    @Test
    void theTypesAreThoseOfTheServer() throws Exception {
        assertThat(registry.facts().values().get("artifact types"))
                .isEqualTo(String.join(
                        ", ",
                        Arrays.stream(ArtifactType.values())
                                .map(Enum::name)
                                .sorted()
                                .toList()));
    }

    @ParameterizedTest
    @EnumSource(ArtifactType.class)
    void contentsOfEachTypeGoThereAndBack(ArtifactType type) throws Exception {
        var text = switch (type.form()) {
            case JSON -> "{ \"b\": 1,\n \"a\": 12345678901234567 }";
            case JSON_OR_YAML -> "b: 1 # a comment\na: x\n";
            case XML -> "<a>\n  <b/>\n</a>\n";
            case TEXT -> "struct A { }\n";
        };
        var create = version("a", "1", text);
        applied(new Operation.Create(key("artifact", "a"), Content.of("type", Value.of(type.name()))), create);

        assertThat(content(create.key()).get("content"))
                .isEqualTo(
                        Value.of(type.form() == ArtifactType.Form.JSON ? "{\"a\":12345678901234567,\"b\":1}" : text));
        assertThat(outsider.get("/groups/" + group + "/artifacts/a/versions/1/content")
                        .body())
                .isEqualTo(text);
        assertThat(apply(create)).isInstanceOf(Outcome.AlreadyApplied.class);
    }

    @Test
    void aNameOnceGivenIsMadeEmptyWhichIsTheSameAsNone() throws Exception {
        var create = new Operation.Create(
                key("artifact", "a"), Content.of(Map.of("type", Value.of("AVRO"), "name", Value.of("A"))));
        applied(create);

        applied(new Operation.Update(create.key(), Content.of("name", Value.of("A")), Content.of("name", Value.NULL)));

        assertThat(outsider.get("/groups/" + group + "/artifacts/a").object().get("name"))
                .isEqualTo(Value.of(""));
        assertThat(content(create.key()).get("name")).isEqualTo(Value.NULL);
    }

    @Test
    void labelsOfOthersStayAndOursAreNeitherShownNorTaken() throws Exception {
        var create = artifact("a");
        applied(create);
        outsider.set("/groups/" + group + "/artifacts/a", Content.of("labels.theirs", Value.of("x")));

        applied(new Operation.Update(
                create.key(), Content.of("labels.team", Value.NULL), Content.of("labels.team", Value.of("shop"))));
        assertThat(content(create.key()).get("labels.theirs")).isEqualTo(Value.of("x"));
        applied(new Operation.Delete(create.key(), create.after(), Removal.RETIRE));
        applied(create);

        assertThat(content(create.key()).fields().keySet())
                .contains("labels.theirs", "labels.team")
                .noneMatch(field -> field.startsWith("labels.migrator-"));
        assertThat(apply(new Operation.Update(
                        create.key(),
                        Content.of("labels.migrator-retired", Value.NULL),
                        Content.of("labels.migrator-retired", Value.of("true")))))
                .isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void aVersionMadeDeprecatedAndCutOffIsOutOfUseUntilItIsRepeated() throws Exception {
        applied(artifact("a"));
        var create = new Operation.Create(
                key("artifact-version", "a@1"),
                Content.of(Map.of(
                        "content", Value.of(EMPTY),
                        "references", Value.array(List.of()),
                        "labels.team", Value.of("shop"),
                        "state", Value.of("DEPRECATED"))));

        for (int cut = 0; cut < 2; cut++) {
            assertThatThrownBy(() -> registry.apply(List.of(create), endsAfter(1)))
                    .isInstanceOf(TargetException.Fenced.class);
            assertThat(read(create.key())).isInstanceOf(EntryState.Retired.class);
            assertThat(registry.list("artifact-version")).doesNotContain(create.key());
        }

        applied(create);
        assertThat(create.after().holdsIn(content(create.key()))).isTrue();
        assertThat(outsider.state(ArtifactName.version(group, "a", "1"))).isEqualTo("DEPRECATED");
        assertThat(apply(create.inverse())).isInstanceOf(Outcome.Applied.class);
        assertThat(read(create.key())).isEqualTo(EntryState.ABSENT);
    }

    @Test
    void aDeprecatedVersionComesBackAsOneUnlessAnotherStateIsWanted() throws Exception {
        var create = version("a", "1", EMPTY);
        applied(artifact("a"), create);
        applied(new Operation.Update(
                create.key(), Content.of("state", Value.of("ENABLED")), Content.of("state", Value.of("DEPRECATED"))));

        applied(new Operation.Delete(create.key(), create.after(), Removal.RETIRE));
        applied(create);
        assertThat(content(create.key()).get("state")).isEqualTo(Value.of("DEPRECATED"));

        applied(new Operation.Delete(create.key(), create.after(), Removal.RETIRE));
        var fields = new java.util.TreeMap<>(create.after().fields());
        fields.put("state", Value.of("ENABLED"));
        applied(new Operation.Create(create.key(), new Content(fields)));
        assertThat(content(create.key()).get("state")).isEqualTo(Value.of("ENABLED"));
    }

    private EntryKey key(String kind, String name) {
        return new EntryKey(
                Registries.TARGET,
                kind,
                kind.startsWith("artifact") && !kind.endsWith("group") ? group + "/" + name : name);
    }

    private Operation.Create group(Map<String, Value> fields) {
        return new Operation.Create(key("artifact-group", group), Content.of(fields));
    }

    private Operation.Create rule(String type, String config) {
        return new Operation.Create(key("registry-rule", type), Content.of("config", Value.of(config)));
    }

    private Operation.Create artifact(String id) {
        return new Operation.Create(key("artifact", id), Content.of("type", Value.of("AVRO")));
    }

    private Operation.Create version(String id, String version, String content) {
        return new Operation.Create(
                key("artifact-version", id + "@" + version),
                Content.of(Map.of("content", Value.of(content), "references", Value.array(List.of()))));
    }

    private static WriteGuard endsAfter(int calls) {
        var asked = new AtomicInteger();
        return () -> {
            if (asked.incrementAndGet() > calls) {
                throw new TargetException.Fenced(Problem.of("WRK-FENCED", "the lease is lost"));
            }
        };
    }

    private void applied(Operation... operations) throws TargetException {
        assertThat(applyAll(operations)).allMatch(Outcome.Applied.class::isInstance);
    }

    private Outcome apply(Operation operation) throws TargetException {
        return applyAll(operation).getFirst();
    }

    private List<Outcome> applyAll(Operation... operations) throws TargetException {
        registry.settle(Duration.ofSeconds(60), WriteGuard.ALWAYS);
        return registry.apply(Arrays.asList(operations), WriteGuard.ALWAYS);
    }

    private List<DryRunOutcome> dryRun(Operation... operations) throws TargetException {
        registry.settle(Duration.ofSeconds(60), WriteGuard.ALWAYS);
        return registry.dryRun(Arrays.asList(operations));
    }

    private static void assertUnchecked(DryRunOutcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        DryRunOutcome.Unchecked.class,
                        unchecked -> assertThat(unchecked.reason()).contains("BACKWARD"));
    }

    private EntryState read(EntryKey key) throws TargetException {
        registry.settle(Duration.ofSeconds(60), WriteGuard.ALWAYS);
        return registry.readAll(Set.of(key)).get(key);
    }

    private Content content(EntryKey key) throws TargetException {
        return ((EntryState.Present) read(key)).content();
    }
}
