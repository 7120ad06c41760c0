package dev.migrator.manifests.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Finding;
import dev.migrator.core.kinds.AclTuple;
import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.core.kinds.ConnectorSecrets;
import dev.migrator.core.kinds.Desired;
import dev.migrator.core.kinds.ExternalAddress;
import dev.migrator.core.kinds.ExternalKind;
import dev.migrator.core.kinds.KindRules;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.PlanInput;
import dev.migrator.core.plan.PlanLimits;
import dev.migrator.core.plan.PlanResult;
import dev.migrator.core.plan.Planner;
import dev.migrator.manifests.Loaded;
import dev.migrator.manifests.Manifests;
import dev.migrator.schemachecks.SchemaChecks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExporterTest {
    private static final Environment PRODUCTION = new Environment(
            "production",
            1,
            Protection.OPEN,
            "default",
            List.of(
                    target("kafka", "kafka"),
                    target("registry", "apicurio-registry"),
                    target("subjects", "confluent-registry"),
                    target("database", "postgresql"),
                    target("connect", "kafka-connect"),
                    target("gateway", "http")));

    @TempDir
    Path folder;

    private final Map<EntryKey, EntryState> states = new TreeMap<>();

    @ParameterizedTest
    @ValueSource(strings = {"meta", "change-refunds", "production-now", "unmanaged"})
    void planningWhatWasExportedAgainstTheSameStateChangesNothing(String example) throws IOException {
        var shop = Manifests.load(Path.of("..", "examples", "shop", example));
        Desired.of(Kinds.standard(), shop.resources(), ExporterTest::targetName)
                .entries()
                .forEach((key, entry) -> states.put(key, new EntryState.Present(entry.content(), "1")));

        var loaded = exportAndLoad();

        assertThat(planned(loaded).plan().isEmpty()).isTrue();
        assertThat(planned(loaded).unchanged()).isEqualTo(states.size());
    }

    @Test
    void namesThatNoManifestCanHaveAndNamesThatMeetAreToldApart() throws IOException {
        topic("orders");
        topic("Orders");
        topic("..hidden");
        acl("User:a-b", "READ", "LITERAL", "c");
        acl("User:a", "READ", "LITERAL", "b-topic-c");
        acl("User:CN=Jörg | Büro, O=Shop", "READ", "LITERAL", "orders");
        acl("User:a", "WRITE", "PREFIXED", "b.");
        acl("User:a", "READ", "PREFIXED", "b.");
        acl("User:a", "READ", "LITERAL", "*");
        artifact("default", "Order/öffentlich@1%", "1");
        artifact("other", "Order", "1");
        artifact("default", "Order", "1");
        version("default", "Order", "2");
        version("default", "Order", "10");

        var loaded = exportAndLoad();

        assertThat(planned(loaded).plan().isEmpty()).isTrue();
        assertThat(planned(loaded).unchanged()).isEqualTo(states.size());
        assertThat(loaded.resources())
                .as("one for each topic, each group of operations and each version")
                .hasSize(3 + 5 + 5);
    }

    @Test
    void whatARegistrySaysOfItsEntriesIsExported() throws IOException {
        put("registry", "registry-rule", "VALIDITY", Map.of("config", Value.of("FULL")));
        put(
                "registry",
                "artifact-group",
                "shop",
                Map.of(
                        "description", Value.of("what the shop writes"),
                        "labels.a b/ü", Value.of(""),
                        "rule.COMPATIBILITY", Value.of("FULL"),
                        "rule.VALIDITY", Value.NULL));
        put(
                "registry",
                "artifact",
                "shop/Order",
                Map.of(
                        "type", Value.of("OPENAPI"),
                        "name", Value.of("Orders"),
                        "description", Value.NULL,
                        "labels.team", Value.of("orders")));
        put(
                "registry",
                "artifact-version",
                "shop/Order@1",
                Map.of(
                        "content", Value.of("openapi: 3.0.2 # ${nothing}\n"),
                        "references", Value.array(List.of()),
                        "name", Value.NULL,
                        "description", Value.of("the first"),
                        "state", Value.of("DEPRECATED")));

        var loaded = exportAndLoad();

        assertThat(planned(loaded).plan().isEmpty()).isTrue();
        assertThat(planned(loaded).unchanged()).isEqualTo(states.size());
        assertThat(loaded.resources().toString())
                .contains("DEPRECATED", "the first", "what the shop writes", "a b/ü", "Orders");
    }

    @Test
    void subjectsAreExportedWithTheirReferencesAndLevels() throws IOException {
        put("subjects", "subject", "orders-value", Map.of("compatibility", Value.of("BACKWARD")));
        subject("Money", 1, "{\"fields\":[],\"name\":\"shop.Money\",\"type\":\"record\"}", List.of());
        subject("orders-value", 1, "\"string\"", List.of());
        subject(
                "orders-value",
                2,
                "{\"items\":\"shop.Money\",\"type\":\"array\"}",
                List.of(Value.object(
                        "name", Value.of("shop.Money"), "subject", Value.of("Money"), "version", Value.of(1))));

        var loaded = exportAndLoad();

        assertThat(planned(loaded).plan().isEmpty()).isTrue();
        assertThat(planned(loaded).unchanged()).isEqualTo(states.size());
        assertThat(loaded.resources()).hasSize(3);
    }

    private void subject(String subject, int version, String schema, List<Value> references) {
        put(
                "subjects",
                "subject-version",
                subject + "@" + version,
                Map.of(
                        "schemaType", Value.of("AVRO"),
                        "schema", Value.of(schema),
                        "references", Value.array(references)));
    }

    private void put(String target, String kind, String address, Map<String, Value> fields) {
        states.put(new EntryKey(target, kind, address), new EntryState.Present(Content.of(fields), "1"));
    }

    @Test
    void aConnectorIsExportedWithReferencesInThePlaceOfSecrets() throws IOException {
        states.put(
                new EntryKey("connect", "connector", "orders sink"),
                new EntryState.Present(
                        Content.of(Map.of(
                                "class", Value.of("org.example.Sink"),
                                "run", Value.of("PAUSED"),
                                "config.topics", Value.of("orders"),
                                "config.db.password", Value.of(ConnectorSecrets.HIDDEN),
                                "config.api.key", Value.of("${file:/run/secrets/x:key}"),
                                "offsets", Value.of("[]"))),
                        ""));

        var exported = Exporter.export(states, "default", SchemaChecks.standard());

        assertThat(exported.files().values())
                .singleElement()
                .asString()
                .contains("run: PAUSED", "$${file:/run/secrets/x:key}", "${secret:connect.orders-sink-")
                .doesNotContain("offsets", ConnectorSecrets.HIDDEN);
        assertThat(exported.leftOut())
                .extracting(finding ->
                        finding.problem().code() + " " + finding.problem().thing())
                .containsExactly("EXP-SECRET connector orders sink (connect), db.password");
        exported.writeTo(folder);
        var loaded = Manifests.load(folder, SchemaChecks.standard());
        assertThat(planned(loaded).plan().isEmpty()).isTrue();
        assertThat(planned(loaded).unchanged()).isEqualTo(1);
    }

    @Test
    void entriesOfInHouseSystemsAreExportedWithAllThatTheyHold() throws IOException {
        external(
                "bucket-policy", "orders", Value.object("Version", Value.of("1"), "Statement", Value.array(List.of())));
        external("route", "orders", Value.object("to", Value.of("${host}"), "weight", Value.of(3)));
        external("route", "a/b %", Value.object());

        var loaded = exportAndLoad();

        assertThat(planned(loaded).plan().isEmpty()).isTrue();
        assertThat(planned(loaded).unchanged()).isEqualTo(states.size());
    }

    private void external(String type, String address, Value.Obj fields) {
        states.put(
                new EntryKey("gateway", ExternalKind.ENTRY, new ExternalAddress(type, address).text()),
                new EntryState.Present(Content.of(fields.fields()), "1"));
    }

    @Test
    void operationsOfOnePrincipalOnOneResourceBecomeOneManifest() {
        acl("User:refund", "WRITE", "LITERAL", "orders.refunds");
        acl("User:refund", "DESCRIBE", "LITERAL", "orders.refunds");

        assertThat(Exporter.export(states, "shop", SchemaChecks.standard()).files())
                .containsExactly(Map.entry("acls/refund-topic-orders.refunds.yaml", """
                                apiVersion: migrator.dev/v1
                                kind: Acl
                                metadata:
                                  name: refund-topic-orders.refunds
                                  project: shop
                                spec:
                                  principal: User:refund
                                  operations: [DESCRIBE, WRITE]
                                  resource:
                                    type: topic
                                    name: orders.refunds
                                """));
    }

    @Test
    void quotasOfNamesAndOfDefaultsAreToldApart() throws IOException {
        quota("user=default", "producerByteRate", "1048576");
        quota("user-default", "producerByteRate", "1048576");
        quota("user=a%7Cb|client-id-default", "requestPercentage", "12.5");
        quota("client-id=${env.x}", "controllerMutationRate", "0.5");
        quota("ip=2001:db8::1", "connectionCreationRate", "10");
        quota("ip-default", "connectionCreationRate", "10");

        var loaded = exportAndLoad();

        assertThat(loaded.resources()).hasSize(states.size());
        assertThat(planned(loaded).plan().isEmpty()).isTrue();
        assertThat(planned(loaded).unchanged()).isEqualTo(states.size());
    }

    private void quota(String address, String limit, String value) {
        states.put(
                new EntryKey("kafka", "quota", address),
                new EntryState.Present(Content.of(limit, new Value.Num(new java.math.BigDecimal(value))), ""));
    }

    @Test
    void theNewestVersionHasTheNameAndReferencesUseIt() {
        artifact("default", "Money", "9");
        version("default", "Money", "10");
        artifact("default", "Order", "1");
        states.put(
                versionKey("default", "Order", "1"),
                new EntryState.Present(
                        content(
                                "{\"type\":\"string\"}",
                                Value.object(
                                        "name", Value.of("shop.Money"),
                                        "group", Value.of("default"),
                                        "artifactId", Value.of("Money"),
                                        "version", Value.of("9"))),
                        "7"));

        var files = Exporter.export(states, "default", SchemaChecks.standard()).files();

        assertThat(files).containsOnlyKeys("schemas/Money.yaml", "schemas/Money-v9.yaml", "schemas/Order.yaml");
        assertThat(files.get("schemas/Money.yaml")).contains("version: \"10\"");
        assertThat(files.get("schemas/Order.yaml"))
                .contains("    - name: shop.Money\n      schema: Money\n      version: \"9\"\n")
                .contains("  content: |\n    {\n      \"type\": \"string\"\n    }\n");
    }

    @Test
    void whatNoManifestCanSayIsLeftOutAndNamed() throws IOException {
        topic("orders");
        topic("__consumer_offsets");
        states.put(key("topic", "old"), new EntryState.Retired(topicContent(), "3"));
        AclTuple.retirementOf("old")
                .forEach(tuple -> states.put(key("acl", tuple.address()), new EntryState.Present(Content.EMPTY, "")));
        states.put(
                key(
                        "acl",
                        new AclTuple("User:a", "*", "DESCRIBE", "ALLOW", "DELEGATION_TOKEN", "LITERAL", "t").address()),
                new EntryState.Present(Content.EMPTY, ""));
        artifact("default", "Empty", "1");
        states.remove(versionKey("default", "Empty", "1"));
        artifact("default", "Order", "1");
        states.put(
                versionKey("default", "Order", "1"),
                new EntryState.Present(
                        content(
                                "{}",
                                Value.object(
                                        "name", Value.of("x"),
                                        "group", Value.of("default"),
                                        "artifactId", Value.of("Nowhere"),
                                        "version", Value.of("1"))),
                        "7"));
        artifact("default", "Line", "1");
        states.put(
                versionKey("default", "Line", "1"),
                new EntryState.Present(
                        content(
                                "{}",
                                Value.object(
                                        "name", Value.of("x"),
                                        "group", Value.of("default"),
                                        "artifactId", Value.of("Order"),
                                        "version", Value.of("1"))),
                        "8"));

        var exported = Exporter.export(states, "default", SchemaChecks.standard());

        assertThat(exported.files()).containsOnlyKeys("topics/orders.yaml");
        assertThat(exported.leftOut())
                .extracting(finding -> finding.problem().thing())
                .contains(
                        "topic __consumer_offsets (kafka)",
                        "topic old (kafka)",
                        "artifact default/Empty (registry)",
                        "artifact-version default/Order@1 (registry)",
                        "artifact-version default/Line@1 (registry)")
                .anyMatch(thing -> thing.contains("DELEGATION_TOKEN"))
                .hasSize(8);
        assertThat(exported.leftOut()).noneMatch(Finding::stops);
        exported.writeTo(folder);
        assertThat(Manifests.load(folder, SchemaChecks.standard()).findings()).isEmpty();
    }

    /** A registry without rules takes anything, and keeps what its rules would refuse today. */
    @Test
    void schemasThatTheirOwnLibraryRefusesAreExportedWithTheReasonAndPlanToNoChange() throws IOException {
        artifact("default", "Odd", "1");
        holds("Odd", "1", "{\"name\":\"Odd\",\"type\":\"recrod\"}");
        artifact("default", "Broken", "1");
        holds("Broken", "1", record(""));
        holds("Broken", "2", record("{\"name\":\"a\",\"type\":\"string\"}"));
        holds("Broken", "3", record("{\"name\":\"a\",\"type\":\"string\"}"));
        artifact("default", "Default", "1");
        holds("Default", "1", record("{\"default\":\"x\",\"name\":\"a\",\"type\":\"int\"}"));

        var loaded = exportAndLoad();

        assertThat(loaded.findings()).isEmpty();
        assertThat(loaded.suppressed())
                .extracting(one -> one.title() + " " + one.suppression().rule())
                .containsExactlyInAnyOrder(
                        "Schema/Odd SCH-INVALID", "Schema/Broken-v2 SCH-INCOMPATIBLE", "Schema/Default SCH-DEFAULT");
        assertThat(planned(loaded).plan().isEmpty()).isTrue();
        assertThat(planned(loaded).plan().warnings()).isEmpty();
        assertThat(planned(loaded).unchanged()).isEqualTo(states.size());
    }

    private void holds(String id, String version, String text) {
        states.put(versionKey("default", id, version), new EntryState.Present(content(text), "1"));
    }

    private static String record(String fields) {
        return "{\"fields\":[" + fields + "],\"name\":\"R\",\"type\":\"record\"}";
    }

    @Test
    void theSameStateInAnyOrderGivesTheSameFiles() {
        topic("b");
        topic("a");
        artifact("default", "Order", "1");
        var backwards = new TreeMap<EntryKey, EntryState>(Comparator.reverseOrder());
        backwards.putAll(states);

        assertThat(Exporter.export(backwards, "default", SchemaChecks.standard()))
                .isEqualTo(Exporter.export(states, "default", SchemaChecks.standard()));
    }

    @Test
    void rowsOfOneTableBecomeOneManifestThatPlansToNoChange() throws IOException {
        row("public.fees|country=DE|nr=7", "{\"country\":\"DE\",\"nr\":7,\"tags\":[\"a\",null],\"note\":null}");
        row("public.fees|country=CH|nr=8", "{\"country\":\"CH\",\"nr\":8,\"tags\":[],\"note\":\"100 ${x}\"}");
        row("crm.odd%2Ename|id=1", "{\"id\":1}");

        var loaded = exportAndLoad();

        assertThat(folder.resolve("rows/public.fees.yaml")).exists();
        assertThat(folder.resolve("rows/crm.odd.name.yaml")).exists();
        assertThat(loaded.resources()).hasSize(2);
        assertThat(planned(loaded).plan().operations()).isEmpty();
    }

    @Test
    void rolesMembershipsAndGrantsPlanToNoChange() throws IOException {
        database("role", "app", "{\"login\":true,\"connectionLimit\":-1,\"validUntil\":null}");
        database("role", "odd name ${x}", "{\"login\":false}");
        database("role-member", "odd name ${x}|app", "{\"admin\":false,\"inherit\":true,\"set\":true}");
        database("grant", "app|SELECT|table|public|fees", "{\"grantable\":false}");
        database("grant", "app|UPDATE|table|public|fees", "{\"grantable\":false}");
        database("grant", "app|DELETE|table|public|fees", "{\"grantable\":true}");
        database("grant", "PUBLIC|CONNECT|database||config", "{\"grantable\":false}");
        database("grant", "app|EXECUTE|function|crm|area(integer,text)", "{\"grantable\":false}");

        var loaded = exportAndLoad();

        assertThat(loaded.resources()).hasSize(7);
        assertThat(planned(loaded).plan().operations()).isEmpty();
    }

    private void row(String address, String columns) {
        var fields = new TreeMap<String, Value>();
        ((Value.Obj) CanonicalJson.parse(columns))
                .fields()
                .forEach((name, value) -> fields.put("column." + name, value));
        states.put(new EntryKey("database", "row", address), new EntryState.Present(Content.of(fields), ""));
    }

    private void database(String kind, String address, String fields) {
        states.put(
                new EntryKey("database", kind, address),
                new EntryState.Present(Content.of(((Value.Obj) CanonicalJson.parse(fields)).fields()), ""));
    }

    @Test
    void writingKeepsWhatElseLiesInTheFolder() throws IOException {
        Files.writeString(folder.resolve("README.md"), "mine");
        topic("orders");

        Exporter.export(states, "default", SchemaChecks.standard()).writeTo(folder);

        assertThat(folder.resolve("README.md")).hasContent("mine");
        assertThat(folder.resolve("topics/orders.yaml")).exists();
    }

    private Loaded exportAndLoad() throws IOException {
        var exported = Exporter.export(states, "default", SchemaChecks.standard());
        assertThat(exported.leftOut()).isEmpty();
        exported.writeTo(folder);
        var loaded = Manifests.load(folder, SchemaChecks.standard());
        assertThat(loaded.findings()).filteredOn(Finding::stops).isEmpty();
        return loaded;
    }

    @Test
    void ofSeveralTargetsOfATypeEachManifestNamesItsOwn() throws IOException {
        var several = new Environment(
                "production",
                1,
                Protection.OPEN,
                "default",
                List.of(
                        target("kafka", "kafka"),
                        target("kafka-eu", "kafka"),
                        target("subjects", "confluent-registry"),
                        target("subjects-eu", "confluent-registry"),
                        target("gateway", "http")));
        topic("orders");
        states.put(new EntryKey("kafka-eu", "topic", "orders"), new EntryState.Present(topicContent(), "id-eu"));
        topic("refunds");
        external("route", "orders", Value.object("weight", Value.of(3)));
        for (var target : List.of("subjects", "subjects-eu")) {
            put(
                    target,
                    "subject-version",
                    "orders@1",
                    Map.of(
                            "schemaType", Value.of("AVRO"),
                            "schema", Value.of("\"string\""),
                            "references", Value.array(List.of())));
        }

        var exported = Exporter.export(states, "default", SchemaChecks.standard(), several.targetsToBeNamed());

        assertThat(exported.leftOut()).isEmpty();
        assertThat(exported.files()).hasSize(6);
        assertThat(exported.files().get("topics/refunds.yaml")).contains("target: kafka\n");
        assertThat(exported.files().get("external/orders.yaml")).doesNotContain("target:");
        exported.writeTo(folder);
        var loaded = Manifests.load(folder, SchemaChecks.standard());
        assertThat(planned(several, loaded).plan().isEmpty()).isTrue();
        assertThat(planned(several, loaded).unchanged()).isEqualTo(states.size());
    }

    private PlanResult.Planned planned(Loaded loaded) {
        return planned(PRODUCTION, loaded);
    }

    private PlanResult.Planned planned(Environment environment, Loaded loaded) {
        var keys = Planner.keysToRead(environment, loaded.resources()).keys();
        var read = new TreeMap<EntryKey, EntryState>();
        keys.forEach(key -> read.put(key, states.getOrDefault(key, EntryState.ABSENT)));
        var result = Planner.plan(new PlanInput(
                environment,
                loaded.resources(),
                loaded.bundle().orElseThrow().digest(),
                read,
                Map.of(
                        "kafka", Set.of(KindRules.CAN_DELETE, KindRules.CAN_RETIRE),
                        "registry", Set.of(KindRules.CAN_RETIRE),
                        "database", Set.of(KindRules.CAN_DELETE),
                        "connect", Set.of(KindRules.CAN_DELETE, KindRules.CAN_RETIRE),
                        "gateway", Set.of(KindRules.CAN_DELETE)),
                PlanLimits.STANDARD,
                Digest.ofText("policy")));
        assertThat(result).isInstanceOf(PlanResult.Planned.class);
        return (PlanResult.Planned) result;
    }

    private void topic(String name) {
        states.put(key("topic", name), new EntryState.Present(topicContent(), "id-" + name));
    }

    private static Content topicContent() {
        return Content.of(Map.of(
                "partitions", Value.of(3),
                "replicationFactor", Value.of(1),
                "config.retention.ms", Value.of("1000"),
                "config.cleanup.policy", Value.of("compact,delete"),
                "config.segment.ms", Value.NULL));
    }

    private void acl(String principal, String operation, String pattern, String name) {
        var address = new AclTuple(principal, "*", operation, "ALLOW", "TOPIC", pattern, name).address();
        states.put(key("acl", address), new EntryState.Present(Content.EMPTY, ""));
    }

    private void artifact(String group, String id, String version) {
        states.put(
                new EntryKey(
                        "registry", "artifact", ArtifactName.artifact(group, id).address()),
                new EntryState.Present(
                        Content.of(Map.of(
                                "type", Value.of("AVRO"),
                                "rule.COMPATIBILITY", Value.of("BACKWARD"),
                                "rule.VALIDITY", Value.NULL)),
                        "1"));
        version(group, id, version);
    }

    private void version(String group, String id, String version) {
        states.put(versionKey(group, id, version), new EntryState.Present(content("{\"type\":\"string\"}"), "1"));
    }

    private static Content content(String text, Value... references) {
        return Content.of(Map.of("content", Value.of(text), "references", Value.array(List.of(references))));
    }

    private static EntryKey key(String kind, String address) {
        return new EntryKey("kafka", kind, address);
    }

    private static EntryKey versionKey(String group, String id, String version) {
        return new EntryKey(
                "registry",
                "artifact-version",
                ArtifactName.version(group, id, version).address());
    }

    private static Optional<String> targetName(String type) {
        return Optional.of(type.equals("kafka") ? "kafka" : "registry");
    }

    private static TargetConfig target(String name, String type) {
        return new TargetConfig(
                name, type, "nowhere:1", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
