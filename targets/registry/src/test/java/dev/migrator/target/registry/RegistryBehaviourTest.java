package dev.migrator.target.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.Capability;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is particular to Apicurio Registry, seen on real ones. */
class RegistryBehaviourTest {
    private static final String ORDER_1 = "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[]}";
    private static final String ORDER_2 =
            "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"note\",\"type\":\"string\",\"default\":\"\"}]}";
    private static final String ORDER_BROKEN =
            "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"id\",\"type\":\"long\"}]}";

    /** A group of its own for each test. */
    private final String group = "g-" + UUID.randomUUID();

    private final Outsider outsider = new Outsider(Registries.withDeletion());
    private final TargetWriter registry = Registries.writer(Registries.withDeletion());

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void whetherDeletionIsAllowedIsAskedOfTheServer() throws Exception {
        assertThat(registry.capabilities()).containsExactlyInAnyOrder(Capability.values());
        try (var asShipped = Registries.writer(Registries.asShipped())) {
            assertThat(asShipped.capabilities()).containsExactly(Capability.RETIRE);
        }
    }

    @Test
    void referencesKeepTheirOrder() throws Exception {
        var types = List.of("c", "a", "b");
        for (var type : types) {
            applied(artifact(type), version(type, "1", record(type)));
        }
        var references = types.stream()
                .map(type -> reference("shop." + type, name(type, "1")))
                .toList();
        var create = version("order", "1", """
                {"type":"record","name":"Order","fields":[
                 {"name":"x","type":"shop.a"},{"name":"y","type":"shop.b"},{"name":"z","type":"shop.c"}]}""", references);
        applied(artifact("order"), create);

        assertThat(content(create.key()).get("references")).isEqualTo(Value.array(references));
        var stored = (Value.Arr)
                outsider.get(Outsider.path(name("order", "1")) + "/references").json();
        assertThat(stored.items().stream().map(item -> ((Value.Obj) item).get("name")))
                .containsExactly(Value.of("shop.c"), Value.of("shop.a"), Value.of("shop.b"));
        assertThat(apply(version("order", "1", content(create.key()), references.reversed())))
                .isInstanceOf(Outcome.Conflict.class);
    }

    @Test
    void contentIsStoredAsGivenAndComparedInCanonicalForm() throws Exception {
        var written = "{ \"type\": \"record\",\n  \"name\": \"Ordér\",\t\"fields\": [ ] }";
        var create = version("order", "1", written);
        applied(artifact("order"), create);

        assertThat(outsider.get(Outsider.path(name("order", "1")) + "/content").body())
                .isEqualTo(written);
        assertThat(content(create.key()).get("content"))
                .isEqualTo(Value.of("{\"fields\":[],\"name\":\"Ordér\",\"type\":\"record\"}"));
        assertThat(apply(create)).isInstanceOf(Outcome.AlreadyApplied.class);
        assertThat(apply(create.inverse())).isInstanceOf(Outcome.Applied.class);
    }

    @Test
    void contentThatIsNoJsonIsComparedAsItIs() throws Exception {
        var written = "syntax = \"proto3\";\r\n\r\nmessage Order { }  \n";
        var create = version("order", "1", written);
        applied(artifact("order", "PROTOBUF"), create);

        assertThat(content(create.key()).get("content")).isEqualTo(Value.of(written));
        assertThat(apply(version("order", "1", written.strip()))).isInstanceOf(Outcome.Conflict.class);
    }

    @Test
    void aViolatedRuleIsReportedForItsEntryWhileTheOthersGoOn() throws Exception {
        applied(artifact("order", Map.of("COMPATIBILITY", "BACKWARD")), artifact("refund"));

        var outcomes = applyAll(
                version("order", "1", ORDER_1),
                version("order", "2", ORDER_BROKEN),
                version("order", "3", ORDER_2),
                version("refund", "1", ORDER_1));

        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Applied.class);
        assertThat(outcomes.get(1)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.problem().code()).isEqualTo("TGT-RULE-VIOLATION");
            assertThat(failed.problem().thing()).contains("order@2");
            assertThat(failed.problem().found()).contains("Incompatible").contains("/fields/0");
        });
        assertThat(outcomes.get(2)).isInstanceOf(Outcome.Applied.class);
        assertThat(outcomes.get(3)).isInstanceOf(Outcome.Applied.class);
        assertThat(read(version("order", "2", "").key())).isEqualTo(EntryState.ABSENT);
    }

    @Test
    void aSchemaThatIsNoneIsReportedInTheRulesWords() throws Exception {
        applied(artifact("order", Map.of("VALIDITY", "FULL")));

        assertFailed("TGT-RULE-VIOLATION", apply(version("order", "1", "{\"type\":\"recrod\"}")));
    }

    @Test
    void aReferenceToNothingViolatesTheIntegrityRule() throws Exception {
        applied(artifact("order", Map.of("INTEGRITY", "REFS_EXIST")));

        var outcome = apply(version("order", "1", ORDER_1, List.of(reference("x", name("nothing", "1")))));

        assertFailed("TGT-RULE-VIOLATION", outcome);
        assertThat(((Outcome.Failed) outcome).problem().found()).contains("does not yet exist");
    }

    @Test
    void aRuleValueThatTheServerWouldBreakOnIsNotWritten() throws Exception {
        var wrong = artifact("order", Map.of("COMPATIBILITY", "BACKWARD", "VALIDITY", "FULLY"));

        assertFailed("TGT-RULE-VALUE", apply(wrong));
        assertThat(read(wrong.key())).isEqualTo(EntryState.ABSENT);

        applied(artifact("order", Map.of("VALIDITY", "FULL")));
        var update = new Operation.Update(
                wrong.key(), field("rule.VALIDITY", Value.of("FULL")), field("rule.VALIDITY", Value.of("FULLY")));
        assertFailed("TGT-RULE-VALUE", apply(update));
        assertThat(content(wrong.key()).get("rule.VALIDITY")).isEqualTo(Value.of("FULL"));
    }

    @Test
    void aServerBrokenByAnOutsidersRuleValueIsNoReasonToTryAgain() throws Exception {
        applied(artifact("order"));
        outsider.setRule(name("order"), "VALIDITY", Value.of("FULLY"));

        assertFailed("TGT-REFUSED", apply(version("order", "1", ORDER_1)));
    }

    @Test
    void contentOfADisabledVersionIsStillRead() throws Exception {
        var create = version("order", "1", ORDER_1);
        applied(artifact("order"), create);
        var before = (EntryState.Present) read(create.key());
        outsider.setState(name("order", "1"), "DISABLED");
        assertThat(outsider.get(Outsider.path(name("order", "1")) + "/content").status())
                .isEqualTo(404);

        assertThat(read(create.key())).isEqualTo(new EntryState.Retired(before.content(), before.incarnation()));
    }

    @Test
    void aDisabledVersionIsTakenIntoUseAgainOnlyWithEqualContent() throws Exception {
        var create = version("order", "1", ORDER_1);
        applied(artifact("order"), create);
        var before = (EntryState.Present) read(create.key());
        outsider.setState(name("order", "1"), "DISABLED");

        assertThat(apply(version("order", "1", ORDER_2)))
                .isEqualTo(new Outcome.Conflict(create.key(), read(create.key())));
        assertThat(outsider.state(name("order", "1"))).isEqualTo("DISABLED");

        assertThat(apply(create)).isEqualTo(new Outcome.Applied(create.key(), before.incarnation()));
        assertThat(read(create.key())).isEqualTo(before);
    }

    @Test
    void aDeprecatedVersionComesBackDeprecated() throws Exception {
        var create = version("order", "1", ORDER_1);
        applied(artifact("order"), create);
        outsider.setState(name("order", "1"), "DEPRECATED");
        var retire = new Operation.Delete(create.key(), create.after(), Removal.RETIRE);

        assertThat(apply(retire)).isInstanceOf(Outcome.Applied.class);
        assertThat(outsider.state(name("order", "1"))).isEqualTo("DISABLED");
        assertThat(apply(retire.inverse())).isInstanceOf(Outcome.Applied.class);

        assertThat(outsider.state(name("order", "1"))).isEqualTo("DEPRECATED");
    }

    @Test
    void aVersionThatWasThereBeforeIsNotDeletedByUndoingItsReuse() throws Exception {
        var create = version("order", "1", ORDER_1);
        applied(artifact("order"), create);
        var life = ((EntryState.Present) read(create.key())).incarnation();
        outsider.setState(name("order", "1"), "DISABLED");
        assertThat(apply(create)).isInstanceOf(Outcome.Applied.class);

        var undone = registry.apply(List.of(create.inverse()), Map.of(create.key(), life), WriteGuard.ALWAYS);

        assertThat(undone).singleElement().isInstanceOf(Outcome.Retained.class);
        assertThat(outsider.state(name("order", "1"))).isEqualTo("DISABLED");
    }

    @Test
    void anArtifactThatWasThereBeforeIsNotDeletedByUndoingItsReuse() throws Exception {
        var create = artifact("order", Map.of("VALIDITY", "FULL"));
        applied(create);
        assertThat(apply(new Operation.Delete(create.key(), create.after(), Removal.RETIRE)))
                .isInstanceOf(Outcome.Applied.class);
        assertThat(apply(create)).isInstanceOf(Outcome.Applied.class);

        assertThat(apply(create.inverse())).isInstanceOf(Outcome.Retained.class);

        assertThat(read(create.key())).isInstanceOf(EntryState.Retired.class);
    }

    @Test
    void labelsOfOthersAreKept() throws Exception {
        var create = artifact("order");
        applied(create);
        outsider.done("PUT", Outsider.path(name("order")), "{\"labels\":{\"team\":\"blue\"},\"description\":\"mine\"}");

        assertThat(apply(new Operation.Delete(create.key(), create.after(), Removal.RETIRE)))
                .isInstanceOf(Outcome.Applied.class);
        assertThat(apply(create)).isInstanceOf(Outcome.Applied.class);

        var artifact = outsider.get(Outsider.path(name("order"))).object();
        assertThat(((Value.Obj) artifact.get("labels")).get("team")).isEqualTo(Value.of("blue"));
        assertThat(artifact.get("description")).isEqualTo(Value.of("mine"));
    }

    @Test
    void aRecreatedVersionIsAnotherLifeAndSafeFromTheInverse() throws Exception {
        var create = version("order", "1", ORDER_1);
        applied(artifact("order"), create);
        var life = ((EntryState.Present) read(create.key())).incarnation();
        outsider.done("DELETE", Outsider.path(name("order", "1")), "");
        outsider.makeVersion(name("order", "1"), ORDER_1);
        var anew = (EntryState.Present) read(create.key());
        assertThat(anew.incarnation()).isNotEqualTo(life);

        var undone = registry.apply(List.of(create.inverse()), Map.of(create.key(), life), WriteGuard.ALWAYS);

        assertThat(undone).containsExactly(new Outcome.Conflict(create.key(), anew));
        assertThat(outsider.state(name("order", "1"))).isEqualTo("ENABLED");
    }

    @Test
    void aDraftIsNeitherTakenForAVersionNorWrittenOver() throws Exception {
        var create = version("order", "1", ORDER_1);
        applied(artifact("order"));
        outsider.done(
                "POST",
                Outsider.path(name("order")) + "/versions",
                CanonicalJson.text(Value.object(
                        "version",
                        Value.of("1"),
                        "isDraft",
                        Value.of(true),
                        "content",
                        Value.object("content", Value.of(ORDER_1), "contentType", Value.of("application/json")))));

        assertThat(apply(create)).isInstanceOf(Outcome.Conflict.class);
        assertThat(apply(create.inverse())).isInstanceOf(Outcome.Conflict.class);

        assertThat(content(create.key()).get("state")).isEqualTo(Value.of("DRAFT"));
        assertThat(outsider.state(name("order", "1"))).isEqualTo("DRAFT");
    }

    @Test
    void aBranchIsNotTakenForAVersion() throws Exception {
        applied(artifact("order"), version("order", "1", ORDER_1));

        assertThat(read(version("order", "branch=latest", "").key())).isEqualTo(EntryState.ABSENT);
    }

    @Test
    void versionsOfOneArtifactAreMadeInTheirOrder() throws Exception {
        var create = artifact("order", Map.of("COMPATIBILITY", "FULL_TRANSITIVE"));

        assertThat(applyAll(create, version("order", "1", ORDER_1), version("order", "2", ORDER_2)))
                .allMatch(Outcome.Applied.class::isInstance);
    }

    @Test
    void aVersionWithoutArtifactIsRefused() throws Exception {
        assertFailed("TGT-MISSING-ARTIFACT", apply(version("nothing", "1", ORDER_1)));
    }

    @Test
    void aVersionCannotBeChanged() throws Exception {
        var create = version("order", "1", ORDER_1);
        applied(artifact("order"), create);
        var update = new Operation.Update(
                create.key(), field("content", Value.of(ORDER_1)), field("content", Value.of(ORDER_2)));

        assertFailed("TGT-IMMUTABLE", apply(update));
    }

    @Test
    void theTypeOfAnArtifactCannotBeChanged() throws Exception {
        var create = artifact("order");
        applied(create);

        assertFailed(
                "TGT-IMMUTABLE",
                apply(new Operation.Update(
                        create.key(), field("type", Value.of("AVRO")), field("type", Value.of("JSON")))));
    }

    @Test
    void aCreationCutOffIsOutOfUseUntilItIsRepeated() throws Exception {
        var create = artifact("order", Map.of("COMPATIBILITY", "BACKWARD", "VALIDITY", "FULL"));

        // artifact and two rules, each by a run that is cut off after one call
        for (int cut = 0; cut < 3; cut++) {
            assertThatThrownBy(() -> registry.apply(List.of(create), endsAfter(1)))
                    .isInstanceOf(TargetException.Fenced.class);
            assertThat(read(create.key())).isInstanceOf(EntryState.Retired.class);
        }

        assertThat(registry.apply(List.of(create), endsAfter(1))).allMatch(Outcome.Applied.class::isInstance);
        assertThat(create.after().holdsIn(content(create.key()))).isTrue();
        // nobody could know it before, so undoing it removes it
        assertThat(apply(create.inverse())).isInstanceOf(Outcome.Applied.class);
    }

    @Test
    void namesThatTheRegistryTakesGoThereAndBack() throws Exception {
        for (var id :
                List.of("a/b", "a@b", "x y", "a?b#c", "a+b&c=d", "semi;colon", "~(a)[b]{c}'\"\\", "...", "default")) {
            var named = ArtifactName.artifact(group, id);
            var create = new Operation.Create(key("artifact", named), field("type", Value.of("AVRO")));
            var version = ArtifactName.version(group, id, "1.0+b_2-x");
            var content = new Operation.Create(
                    key("artifact-version", version), field("content", Value.of("{\"type\":\"string\"}")));

            assertThat(applyAll(create, content)).as(id).allMatch(Outcome.Applied.class::isInstance);

            assertThat(read(create.key())).as(id).isInstanceOf(EntryState.Present.class);
            assertThat(read(content.key())).as(id).isInstanceOf(EntryState.Present.class);
            assertThat(registry.list("artifact")).contains(create.key());
            assertThat(registry.list("artifact-version")).contains(content.key());
            assertThat(applyAll(content.inverse(), create.inverse()))
                    .as(id)
                    .allMatch(Outcome.Applied.class::isInstance);
        }
    }

    @Test
    void namesThatTheRegistryRefusesAreReportedAndTheOthersGoOn() throws Exception {
        var good = artifact("order");

        var outcomes =
                applyAll(artifact("Bücher"), artifact("50%"), artifact(".."), good, version("order", "a b", ORDER_1));

        assertFailed("TGT-REFUSED", outcomes.get(0));
        assertFailed("TGT-REFUSED", outcomes.get(1));
        assertFailed("SCH-ADDRESS", outcomes.get(2));
        assertThat(outcomes.get(3)).isInstanceOf(Outcome.Applied.class);
        assertFailed("TGT-REFUSED", outcomes.get(4));
    }

    @Test
    void theDefaultGroupIsListedAndReferredToByItsName() throws Exception {
        var id = "d-" + UUID.randomUUID();
        var base = ArtifactName.version("default", id, "1");
        applied(
                new Operation.Create(key("artifact", base.withoutVersion()), field("type", Value.of("AVRO"))),
                new Operation.Create(key("artifact-version", base), field("content", Value.of(record("a")))));
        var user =
                version("order", "1", "{\"type\":\"array\",\"items\":\"shop.a\"}", List.of(reference("shop.a", base)));
        applied(artifact("order", Map.of("INTEGRITY", "FULL")), user);

        assertThat(registry.list("artifact")).contains(key("artifact", base.withoutVersion()));
        assertThat(registry.list("artifact-version")).contains(key("artifact-version", base));
        assertThat(content(user.key()).get("references")).isEqualTo(Value.array(List.of(reference("shop.a", base))));
    }

    private static WriteGuard endsAfter(int calls) {
        var asked = new AtomicInteger();
        return () -> {
            if (asked.incrementAndGet() > calls) {
                throw new TargetException.Fenced(Problem.of("WRK-FENCED", "the lease is lost"));
            }
        };
    }

    private ArtifactName name(String id) {
        return ArtifactName.artifact(group, id);
    }

    private ArtifactName name(String id, String version) {
        return ArtifactName.version(group, id, version);
    }

    private static EntryKey key(String kind, ArtifactName name) {
        return new EntryKey(Registries.TARGET, kind, name.address());
    }

    private static Content field(String name, Value value) {
        return Content.of(name, value);
    }

    private Operation.Create artifact(String id) {
        return artifact(id, "AVRO");
    }

    private Operation.Create artifact(String id, String type) {
        return new Operation.Create(key("artifact", name(id)), field("type", Value.of(type)));
    }

    private Operation.Create artifact(String id, Map<String, String> rules) {
        var fields = new java.util.TreeMap<String, Value>();
        fields.put("type", Value.of("AVRO"));
        rules.forEach((rule, value) -> fields.put("rule." + rule, Value.of(value)));
        return new Operation.Create(key("artifact", name(id)), new Content(fields));
    }

    private Operation.Create version(String id, String version, String content) {
        return version(id, version, content, List.of());
    }

    private Operation.Create version(String id, String version, Content content, List<? extends Value> references) {
        return version(id, version, ((Value.Text) content.get("content")).value(), references);
    }

    private Operation.Create version(String id, String version, String content, List<? extends Value> references) {
        return new Operation.Create(
                key("artifact-version", name(id, version)),
                Content.of(Map.of("content", Value.of(content), "references", Value.array(references))));
    }

    private static String record(String name) {
        return "{\"type\":\"record\",\"namespace\":\"shop\",\"name\":\"" + name + "\",\"fields\":[]}";
    }

    private static Value.Obj reference(String name, ArtifactName to) {
        return Value.object(
                "name", Value.of(name),
                "group", Value.of(to.group()),
                "artifactId", Value.of(to.artifactId()),
                "version", Value.of(to.version().orElseThrow()));
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

    private EntryState read(EntryKey key) throws TargetException {
        registry.settle(Duration.ofSeconds(60), WriteGuard.ALWAYS);
        return registry.readAll(Set.of(key)).get(key);
    }

    private Content content(EntryKey key) throws TargetException {
        return ((EntryState.Present) read(key)).content();
    }

    private static void assertFailed(String code, Outcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.problem().code()).isEqualTo(code));
    }
}
