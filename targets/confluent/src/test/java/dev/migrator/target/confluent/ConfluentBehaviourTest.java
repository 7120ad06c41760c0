package dev.migrator.target.confluent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.SubjectName;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetProvider;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is particular to the Confluent API, and to how Apicurio speaks it, seen on a real registry. */
class ConfluentBehaviourTest {
    private static final String FIRST = avro("a");
    private static final String COMPATIBLE =
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"string\"},"
                    + "{\"name\":\"b\",\"type\":\"string\",\"default\":\"\"}]}";
    private static final String INCOMPATIBLE = avro("c");

    private final String subject = "s-" + UUID.randomUUID();
    private final Outsider outsider = new Outsider(Registry.url());
    private final TargetWriter registry = Registry.writer(Registry.url());

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void isFoundByItsType() {
        assertThat(ServiceLoader.load(TargetProvider.class).stream().map(ServiceLoader.Provider::get))
                .anyMatch(found -> found.type().equals("confluent-registry")
                        && found.kinds().equals(List.of("subject", "subject-version")));
    }

    @Test
    void anAvroSchemaIsTheSameHoweverItIsWritten() throws Exception {
        var create = version(1, """
                {"type": "record", "name": "com.x.R", "fields": [
                  {"name": "e", "type": {"type": "enum", "name": "E", "symbols": ["A"]}, "order": "ascending"},
                  {"name": "f", "type": "com.x.E", "doc": "again"},
                  {"name": "g", "type": {"type": "string"}}]}""");

        applied(create);

        assertThat(outsider.done("GET", "/subjects/" + subject + "/versions/1", ""))
                .contains("\\\"name\\\":\\\"R\\\",\\\"namespace\\\":\\\"com.x\\\"");
        assertThat(apply(create)).isInstanceOf(Outcome.AlreadyApplied.class);
        assertThat(apply(create.inverse())).isInstanceOf(Outcome.Applied.class);
    }

    @Test
    void jsonIsComparedByWhatItSaysAndProtobufAsText() throws Exception {
        var json = "{ \"type\": \"object\",\n \"$schema\": \"http://json-schema.org/draft-07/schema#\" }";
        var proto = "syntax = \"proto3\";\n\nmessage A { string b = 1; }\n";
        var other = new Operation.Create(key(subject + "-p", 1), content("PROTOBUF", proto, List.of()));
        var create = new Operation.Create(key(subject, 1), content("JSON", json, List.of()));

        applied(create, other);

        assertThat(held(create).get("schema"))
                .isEqualTo(Value.of("{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"type\":\"object\"}"));
        assertThat(held(other).get("schema")).isEqualTo(Value.of(proto));
    }

    @Test
    void aVersionThatWouldNotBeTheNextIsRefusedBeforeAnythingIsWritten() throws Exception {
        applied(version(1, FIRST));
        var later = version(3, COMPATIBLE);

        assertRefused("TGT-VERSION-NUMBER", dryRun(later).getFirst());
        assertFailed("TGT-VERSION-NUMBER", apply(later));
        assertThat(numbers()).isEqualTo("[1]");
        // the plan makes the second one before it
        assertThat(dryRun(version(2, COMPATIBLE), version(3, INCOMPATIBLE)).getLast())
                .isInstanceOf(DryRunOutcome.Unchecked.class);
    }

    /** Apicurio takes Avro schemas that differ in their words alone for the same, and makes no version of the second. */
    @Test
    void aSchemaThatTheSubjectHasIsNotRegisteredAgain() throws Exception {
        applied(version(1, FIRST));
        var described = version(2, FIRST.replace("\"name\":\"R\"", "\"name\":\"R\",\"doc\":\"another word\""));

        assertRefused("TGT-SAME-SCHEMA", dryRun(described).getFirst());
        assertFailed("TGT-SAME-SCHEMA", apply(described));
        assertFailed("TGT-SAME-SCHEMA", apply(version(2, FIRST)));
        assertThat(numbers()).isEqualTo("[1]");
    }

    @Test
    void whereSomebodyIsFasterOursIsTakenAwayAgain() throws Exception {
        applied(version(1, FIRST));
        var ours = version(2, COMPATIBLE);
        var done = new AtomicBoolean();
        WriteGuard whileTheyRegister = () -> {
            if (done.compareAndSet(false, true)) {
                outsider.register(subject, INCOMPATIBLE);
            }
        };

        assertThat(registry.apply(List.of(ours), whileTheyRegister))
                .singleElement()
                .isInstanceOf(Outcome.Conflict.class);

        assertThat(numbers()).isEqualTo("[1,2]");
        assertThat(outsider.done("GET", "/subjects/" + subject + "/versions/2", ""))
                .contains("\\\"c\\\"");
    }

    @Test
    void aDeletedVersionKeepsItsNumberAndDoesNotComeBack() throws Exception {
        applied(version(1, FIRST), version(2, COMPATIBLE));
        applied(new Operation.Delete(key(subject, 2), version(2, COMPATIBLE).after(), Removal.RETIRE));

        assertThat(read(key(subject, 2))).isInstanceOf(EntryState.Retired.class);
        assertRefused("TGT-VERSION-DELETED", dryRun(version(2, COMPATIBLE)).getFirst());
        assertFailed("TGT-VERSION-DELETED", apply(version(2, COMPATIBLE)));
        applied(version(3, COMPATIBLE));
        assertThat(numbers()).isEqualTo("[1,2,3]");
    }

    /** The server forbids deletion; through this API Apicurio 3.3.3 does it all the same. */
    @Test
    void undoingACreationDeletesItForGoodAndItsNumberIsFreeAgain() throws Exception {
        applied(version(1, FIRST), version(2, COMPATIBLE));

        applied(version(2, COMPATIBLE).inverse());
        assertThat(numbers()).isEqualTo("[1]");
        applied(version(2, INCOMPATIBLE));
        assertThat(numbers()).isEqualTo("[1,2]");
    }

    @Test
    void referencesKeepTheirOrderAndHoldWhatTheyReferTo() throws Exception {
        var parts = List.of("y", "x");
        for (var part : parts) {
            applied(new Operation.Create(
                    key(subject + "-" + part, 1),
                    content("AVRO", "{\"type\":\"record\",\"name\":\"" + part + "\",\"fields\":[]}", List.of())));
        }
        var references = parts.stream()
                .<Value>map(part -> Value.object(
                        "name", Value.of(part), "subject", Value.of(subject + "-" + part), "version", Value.of(1)))
                .toList();
        var user = new Operation.Create(
                key(subject, 1),
                content(
                        "AVRO",
                        "{\"type\":\"record\",\"name\":\"U\",\"fields\":[{\"name\":\"a\",\"type\":\"x\"},"
                                + "{\"name\":\"b\",\"type\":\"y\"}]}",
                        references));
        applied(user);

        assertThat(held(user).get("references")).isEqualTo(Value.array(references));
        var removal = new Operation.Delete(
                key(subject + "-x", 1), Content.of("schemaType", Value.of("AVRO")), Removal.REMOVE_IF_EMPTY);
        assertRefused("DRY-REFERENCE", dryRun(removal).getFirst());
        assertFailed("TGT-REFUSED", apply(removal));
        assertThat(read(removal.key())).isInstanceOf(EntryState.Present.class);
        assertThat(registry.impact(List.of(removal)).toString()).contains(subject + "@1");
    }

    @Test
    void whatTheRegistryCanTestIsTestedAndTheRestIsSaid() throws Exception {
        assertThat(dryRun(version(1, FIRST)).getFirst()).isInstanceOf(DryRunOutcome.Unchecked.class);
        applied(version(1, FIRST));

        // Apicurio shows its own level for a subject that has none, and compares by BACKWARD even where that is NONE
        assertThat(dryRun(version(2, INCOMPATIBLE)).getFirst()).isInstanceOf(DryRunOutcome.Accepted.class);
        assertRefused("DRY-RULE", dryRun(version(2, "{\"type\":\"recrod\"}")).getFirst());
        var level = new Operation.Update(
                levelKey(), level("NONE").after(), level("BACKWARD").after());
        assertThat(dryRun(level, version(2, COMPATIBLE)).getLast()).isInstanceOf(DryRunOutcome.Unchecked.class);
        applied(level);
        assertRefused("DRY-RULE", dryRun(version(2, INCOMPATIBLE)).getFirst());
        assertFailed("TGT-RULE-VIOLATION", apply(version(2, INCOMPATIBLE)));
        assertThat(dryRun(version(2, COMPATIBLE)).getFirst()).isInstanceOf(DryRunOutcome.Accepted.class);
        assertThat(dryRun(version(2, COMPATIBLE), version(3, INCOMPATIBLE)).getLast())
                .isInstanceOf(DryRunOutcome.Unchecked.class);
    }

    /** A subject that ever had a version, and has no level of its own, reads as if it had the registry's. */
    @Test
    void theLevelOfASubjectThatHadVersionsIsNeverGone() throws Exception {
        applied(level("BACKWARD"));
        applied(level("BACKWARD").inverse());
        assertThat(read(levelKey())).isEqualTo(EntryState.ABSENT);

        applied(level("BACKWARD"), version(1, FIRST));
        applied(version(1, FIRST).inverse());
        assertThat(apply(level("BACKWARD").inverse())).isInstanceOf(Outcome.Retained.class);
        assertThat(read(levelKey()))
                .isEqualTo(new EntryState.Present(level("NONE").after(), ""));
    }

    @Test
    void anotherApplicationAtTheAddressIsNoEmptyRegistry() {
        var elsewhere = Registry.writer(Registry.url().replace("/ccompat/v7", "/nothing"));

        assertThatThrownBy(() -> elsewhere.readAll(Set.of(key(subject, 1))))
                .isInstanceOfSatisfying(
                        TargetException.Unavailable.class,
                        e -> assertThat(e.problem().code()).isEqualTo("TGT-UNEXPECTED-ANSWER"));
        elsewhere.close();
    }

    private static String avro(String field) {
        return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"" + field + "\",\"type\":\"string\"}]}";
    }

    private static EntryKey key(String subject, int version) {
        return new EntryKey(
                Registry.TARGET,
                "subject-version",
                SubjectName.version(subject, version).address());
    }

    private EntryKey levelKey() {
        return new EntryKey(Registry.TARGET, "subject", subject);
    }

    private Operation.Create level(String level) {
        return new Operation.Create(levelKey(), Content.of("compatibility", Value.of(level)));
    }

    private Operation.Create version(int version, String schema) {
        return new Operation.Create(key(subject, version), content("AVRO", schema, List.of()));
    }

    private static Content content(String type, String schema, List<Value> references) {
        return Content.of(Map.of(
                "schemaType", Value.of(type), "schema", Value.of(schema), "references", Value.array(references)));
    }

    private String numbers() {
        return outsider.done("GET", "/subjects/" + subject + "/versions?deleted=true", "");
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

    private EntryState read(EntryKey key) throws TargetException {
        registry.settle(Duration.ofSeconds(60), WriteGuard.ALWAYS);
        return registry.readAll(Set.of(key)).get(key);
    }

    private Content held(Operation.Create create) throws TargetException {
        return ((EntryState.Present) read(create.key())).content();
    }

    private static void assertFailed(String code, Outcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.problem().code()).isEqualTo(code));
    }

    private static void assertRefused(String code, DryRunOutcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        DryRunOutcome.Refused.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(code));
    }
}
