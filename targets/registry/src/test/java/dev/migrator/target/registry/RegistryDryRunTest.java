package dev.migrator.target.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import dev.migrator.target.testkit.ScriptedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a real registry says to a plan, and that it forgets it was asked. */
class RegistryDryRunTest {
    private static final String EMPTY = "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[]}";
    private static final String WITH_DEFAULT =
            "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"n\",\"type\":\"string\",\"default\":\"\"}]}";
    private static final String WITHOUT_DEFAULT =
            "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"id\",\"type\":\"long\"}]}";
    private static final Map<String, String> STRICT = Map.of("COMPATIBILITY", "BACKWARD", "VALIDITY", "FULL");

    private final String group = "dry-" + UUID.randomUUID();
    private final Outsider outsider = new Outsider(Registries.asShipped());
    private final TargetWriter registry = Registries.writer(Registries.asShipped());

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void anIncompatibleVersionIsRefusedInTheWordsOfTheRule() throws Exception {
        applied(artifact("order", "AVRO", STRICT), version("order", "1", EMPTY));
        var bad = version("order", "2", WITHOUT_DEFAULT);

        assertThat(dryRun(bad)).isInstanceOfSatisfying(DryRunOutcome.Refused.class, refused -> {
            assertThat(refused.problem().code()).isEqualTo("DRY-RULE");
            assertThat(refused.problem().thing()).contains("order@2");
            assertThat(refused.problem().found()).contains("Incompatible").contains("/fields/0");
        });
        assertThat(dryRun(version("order", "2", WITH_DEFAULT))).isInstanceOf(DryRunOutcome.Accepted.class);
        assertThat(apply(bad)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void contentThatIsNoneOfItsTypeIsRefusedAlsoForAnArtifactWithoutVersions() throws Exception {
        applied(artifact("a", "AVRO", STRICT), artifact("j", "JSON", STRICT), artifact("p", "PROTOBUF", STRICT));

        assertRefused("DRY-RULE", version("a", "1", "{\"type\":\"recrod\"}"));
        assertRefused("DRY-RULE", version("j", "1", "{\"type\":\"objekt\"}"));
        assertRefused("DRY-RULE", version("p", "1", "syntax = \"proto3\"; messag Order {}"));
        assertThat(dryRun(version("p", "1", "syntax = \"proto3\"; message Order { string id = 1; }")))
                .isInstanceOf(DryRunOutcome.Accepted.class);
    }

    @Test
    void anIncompatibleJsonSchemaAndProtobufAreRefused() throws Exception {
        applied(
                artifact("j", "JSON", Map.of("COMPATIBILITY", "FULL_TRANSITIVE")),
                artifact("p", "PROTOBUF", Map.of("COMPATIBILITY", "BACKWARD")),
                version("j", "1", "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}"),
                version("p", "1", "syntax = \"proto3\"; message Order { string id = 1; }"));

        assertRefused(
                "DRY-RULE", version("j", "2", "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}}}"));
        assertRefused("DRY-RULE", version("p", "2", "syntax = \"proto3\"; message Order { int64 id = 1; }"));
    }

    /** Which of its rules comes first is up to the server; the one that compares fails on what is no schema. */
    @Test
    void contentThatARuleFailsOnIsRefusedAndNotWaitedFor() throws Exception {
        applied(
                artifact("j", "JSON", Map.of("COMPATIBILITY", "FULL")),
                version("j", "1", "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}"));

        assertRefused("DRY-RULE", version("j", "2", "{\"type\":\"objekt\"}"));
    }

    @Test
    void aRegistryWhoseOtherAnswersFailTooIsWaitedFor() throws Exception {
        var path = Outsider.path(ArtifactName.artifact(group, "order"));
        var there = ScriptedServer.json(
                200,
                "{\"groupId\":\"" + group + "\",\"artifactId\":\"order\",\"artifactType\":\"AVRO\","
                        + "\"createdOn\":\"2026-01-01T00:00:00Z\"}");
        var broken = ScriptedRegistry.error(500, "RegistryStorageException", "the database is away");
        try (var server = scripted("{\"admin\":true}")
                        .on("GET " + path, there, broken)
                        .on("PUT /apis/registry/v2" + path + "/test", broken);
                var odd = Registries.writer(server.url())) {
            assertThatThrownBy(() -> odd.dryRun(List.of(version("order", "1", EMPTY))))
                    .isInstanceOf(TargetException.Unavailable.class);
        }
    }

    @Test
    void aDryRunLeavesNoContentNoGroupNoVersionAndNoArtifact() throws Exception {
        applied(artifact("order", "AVRO", STRICT), version("order", "1", EMPTY));
        long contents = contents();
        var elsewhere = "never-" + UUID.randomUUID();

        var outcomes = registry.dryRun(List.of(
                version("order", "2", WITH_DEFAULT),
                version("order", "3", WITHOUT_DEFAULT),
                artifact("new", "AVRO", STRICT),
                version("new", "1", "{\"type\":\"record\",\"name\":\"New\",\"fields\":[]}"),
                new Operation.Create(
                        key("artifact", ArtifactName.artifact(elsewhere, "x")), Content.of("type", Value.of("AVRO")))));

        assertThat(outcomes).hasSize(5);
        assertThat(contents()).as("contents that can be found by their id").isEqualTo(contents);
        assertThat(outsider.get("/groups/" + elsewhere).status()).isEqualTo(404);
        assertThat(outsider.get(Outsider.path(ArtifactName.artifact(group, "new")))
                        .status())
                .isEqualTo(404);
        assertThat(outsider.get(Outsider.path(ArtifactName.version(group, "order", "2")))
                        .status())
                .isEqualTo(404);
    }

    /** The ids are given one after another: the highest one that answers. Some above it are looked at, in case of gaps. */
    private long contents() {
        long highest = 0;
        for (long id = 1; id < highest + 50; id++) {
            if (outsider.get("/ids/contentIds/" + id).status() == 200) {
                highest = id;
            }
        }
        return highest;
    }

    @Test
    void anUnknownTypeAndAValueThatNoRuleTakesAreRefused() throws Exception {
        assertRefused("DRY-ARTIFACT-TYPE", artifact("x", "NO-SUCH-TYPE", Map.of()));
        assertRefused("TGT-RULE-VALUE", artifact("x", "AVRO", Map.of("COMPATIBILITY", "SOMETIMES")));
        assertRefused("TGT-RULE-VALUE", artifact("x", "AVRO", Map.of("NO-SUCH-RULE", "FULL")));
    }

    @Test
    void aVersionNeedsItsArtifactToBeThereOrMadeBefore() throws Exception {
        var artifact = artifact("late", "AVRO", Map.of());
        var version = version("late", "1", EMPTY);

        assertRefused("DRY-MISSING-ARTIFACT", version);
        assertThat(registry.dryRun(List.of(artifact, version)))
                .allMatch(outcome -> outcome instanceof DryRunOutcome.Accepted);
        assertThat(registry.dryRun(List.of(version, artifact)).getFirst()).isInstanceOf(DryRunOutcome.Refused.class);
    }

    @Test
    void whatThePlanItselfMakesOrChangesCannotBeTestedAndSaysWhy() throws Exception {
        applied(artifact("order", "AVRO", STRICT), version("order", "1", EMPTY));
        var made = registry.dryRun(List.of(artifact("new", "AVRO", STRICT), version("new", "1", EMPTY)));
        var looser = new Operation.Update(
                key("artifact", ArtifactName.artifact(group, "order")),
                Content.of("rule.COMPATIBILITY", Value.of("BACKWARD")),
                Content.of("rule.COMPATIBILITY", Value.of("NONE")));
        var changed = registry.dryRun(List.of(looser, version("order", "2", WITHOUT_DEFAULT)));
        var second =
                registry.dryRun(List.of(version("order", "2", WITH_DEFAULT), version("order", "3", WITHOUT_DEFAULT)));

        assertUnchecked("makes its artifact", made.getLast());
        assertUnchecked("changes the rules", changed.getLast());
        assertThat(second.getFirst()).isInstanceOf(DryRunOutcome.Accepted.class);
        assertUnchecked("another version", second.getLast());
    }

    @Test
    void whatRefersToOthersIsNotTestedButItsReferencesAreLookedAt() throws Exception {
        applied(
                artifact("money", "AVRO", Map.of()),
                version("money", "1", "{\"type\":\"record\",\"namespace\":\"shop\",\"name\":\"Money\",\"fields\":[]}"),
                artifact("order", "AVRO", Map.of("INTEGRITY", "FULL", "VALIDITY", "FULL")));
        var content = "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"m\",\"type\":\"shop.Money\"}]}";

        assertUnchecked("refers to other schemas", dryRun(version("order", "1", content, "money@1")));
        assertRefused("DRY-REFERENCE", version("order", "1", content, "money@2"));
        assertRefused("DRY-REFERENCE", version("order", "1", content, "money@1", "money@1"));
        var made = registry.dryRun(
                List.of(version("money", "2", "{\"type\":\"string\"}"), version("order", "1", content, "money@2")));
        assertUnchecked("refers to other schemas", made.getLast());
    }

    @Test
    void aReferenceToNothingWithoutARuleThatAsksForItIsNotChecked() throws Exception {
        applied(artifact("order", "AVRO", Map.of("VALIDITY", "FULL")));

        assertUnchecked("which is not there", dryRun(version("order", "1", EMPTY, "nothing@1")));
    }

    @Test
    void aVersionThatNoRuleLooksAtIsAcceptedWhateverItHolds() throws Exception {
        applied(artifact("free", "AVRO", Map.of()));
        var odd = version("free", "1", "{\"type\":\"recrod\"}");

        assertThat(dryRun(odd)).isInstanceOf(DryRunOutcome.Accepted.class);
        assertThat(apply(odd)).isInstanceOf(Outcome.Applied.class);
    }

    @Test
    void aNameThatNoVersionCanHaveIsRefused() throws Exception {
        applied(artifact("order", "AVRO", Map.of()));
        var bad = version("order", "1 / 2", EMPTY);

        assertRefused("DRY-NAME", bad);
        assertThat(apply(bad)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void aRegistryThatServesNoTestIsNotBelievedToAccept() throws Exception {
        try (var server = scripted("{\"admin\":false,\"developer\":true}");
                var odd = Registries.writer(server.url())) {
            var outcome = odd.dryRun(List.of(version("order", "1", EMPTY))).getFirst();

            assertUnchecked("no test that writes nothing", outcome);
        }
    }

    @Test
    void aCredentialWithoutARoleForWritingIsRefusedEverything() throws Exception {
        try (var server = scripted("{\"admin\":false,\"developer\":false,\"viewer\":true}");
                var viewer = Registries.writer(server.url())) {
            var outcome = viewer.dryRun(List.of(version("order", "1", EMPTY))).getFirst();

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            DryRunOutcome.Refused.class,
                            refused -> assertThat(refused.problem().code()).isEqualTo("DRY-PERMISSION"));
            assertThat(server.calls()).allMatch(call -> call.startsWith("GET") || call.endsWith("/test"));
        }
    }

    @Test
    void aRegistryThatIsAwayIsNoAnswer() {
        try (var gone = Registries.writer("http://127.0.0.1:1/apis/registry/v3")) {
            assertThatThrownBy(() -> gone.dryRun(List.of(version("order", "1", EMPTY))))
                    .isInstanceOf(TargetException.Unavailable.class);
        }
    }

    /** A registry that holds artifact order with a rule and no versions, and has no API of version 2. */
    private ScriptedServer scripted(String me) {
        var path = Outsider.path(ArtifactName.artifact(group, "order"));
        return ScriptedRegistry.server()
                .on("GET /users/me", ScriptedServer.json(200, me))
                .on("GET /admin/config/artifactTypes", ScriptedServer.json(200, "[{\"name\":\"AVRO\"}]"))
                .on("GET /admin/rules", ScriptedServer.json(200, "[]"))
                .on("GET /groups/" + group + "/rules", ScriptedServer.json(200, "[]"))
                .on("GET " + path + "/versions/1", ScriptedRegistry.error(404, "VersionNotFoundException", "none"))
                .on("GET " + path + "/rules", ScriptedServer.json(200, "[\"VALIDITY\"]"))
                .on("GET " + path + "/rules/VALIDITY", ScriptedServer.json(200, "{\"config\":\"FULL\"}"))
                .on(
                        "GET " + path,
                        ScriptedServer.json(
                                200,
                                "{\"groupId\":\"" + group
                                        + "\",\"artifactId\":\"order\",\"artifactType\":\"AVRO\","
                                        + "\"createdOn\":\"2026-01-01T00:00:00Z\"}"));
    }

    private static EntryKey key(String kind, ArtifactName name) {
        return new EntryKey(Registries.TARGET, kind, name.address());
    }

    private Operation.Create artifact(String id, String type, Map<String, String> rules) {
        var fields = new TreeMap<String, Value>();
        fields.put("type", Value.of(type));
        rules.forEach((rule, value) -> fields.put("rule." + rule, Value.of(value)));
        return new Operation.Create(key("artifact", ArtifactName.artifact(group, id)), new Content(fields));
    }

    /** @param references {@code artifactId@version}, all under the name shop.Money */
    private Operation.Create version(String id, String version, String content, String... references) {
        var to = new ArrayList<Value>();
        for (var reference : references) {
            int at = reference.indexOf('@');
            to.add(Value.object(
                    "name", Value.of("shop.Money"),
                    "group", Value.of(group),
                    "artifactId", Value.of(reference.substring(0, at)),
                    "version", Value.of(reference.substring(at + 1))));
        }
        return new Operation.Create(
                key("artifact-version", ArtifactName.version(group, id, version)),
                Content.of(Map.of("content", Value.of(content), "references", Value.array(to))));
    }

    private DryRunOutcome dryRun(Operation operation) throws TargetException {
        return registry.dryRun(List.of(operation)).getFirst();
    }

    private void applied(Operation... operations) throws TargetException {
        registry.settle(Duration.ofSeconds(60), WriteGuard.ALWAYS);
        assertThat(registry.apply(Arrays.asList(operations), WriteGuard.ALWAYS))
                .allMatch(Outcome.Applied.class::isInstance);
    }

    private Outcome apply(Operation operation) throws TargetException {
        registry.settle(Duration.ofSeconds(60), WriteGuard.ALWAYS);
        return registry.apply(List.of(operation), WriteGuard.ALWAYS).getFirst();
    }

    private void assertRefused(String code, Operation operation) throws TargetException {
        assertThat(dryRun(operation))
                .isInstanceOfSatisfying(
                        DryRunOutcome.Refused.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(code));
    }

    private static void assertUnchecked(String reason, DryRunOutcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        DryRunOutcome.Unchecked.class,
                        unchecked -> assertThat(unchecked.reason()).contains(reason));
    }
}
