package dev.migrator.kit.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.events.v1.ChangeRequested;
import dev.migrator.events.v1.MigrationStatusChanged;
import dev.migrator.kit.Servers;
import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** Clients that know nothing of this project: the Confluent-compatible API and generic records, and Apicurio's serdes. */
class OrdinaryClientTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static Wire wire() {
        return new Wire(new ApicurioSchemas(Servers.registryUrl()), Servers.workDir());
    }

    @Test
    void aClientOfTheConfluentApiReadsOurStatuses() throws Exception {
        var wire = wire();
        wire.register();
        var status = Messages.of(new Samples(2).status());
        ByteBuffer bytes = ByteBuffer.wrap(wire.encode(status));

        assertThat(bytes.get()).isZero();
        Schema writer = schema("/schemas/ids/" + bytes.getInt());
        GenericRecord read = new GenericDatumReader<GenericRecord>(writer)
                .read(null, DecoderFactory.get().binaryDecoder(bytes.array(), 5, bytes.remaining(), null));

        assertThat(read.get("migrationId")).hasToString(status.getMigrationId());
        assertThat(read.get("state")).hasToString(status.getState().name());
    }

    @Test
    void aClientOfTheConfluentApiWritesAChangeWithTheLatestSchemaOfItsSubject() throws Exception {
        wire().register();
        String subject = "/subjects/dev.migrator.events.v1.ChangeRequested/versions/latest";
        int id = number(get(subject), "id");
        assertReadAsChange(confluent(id, change(schema(subject))));
    }

    @Test
    void aClientThatRegistersItsOwnSubjectIsReadToo() throws Exception {
        Schema own = ChangeRequested.getClassSchema();
        int id = register("migration.changes-value", Value.object("schema", Value.of(own.toString())));
        assertReadAsChange(confluent(id, change(own)));
    }

    @Test
    void apicuriosOwnSerializerIsRead() {
        try (var serializer = new AvroKafkaSerializer<GenericRecord>()) {
            serializer.configure(apicurio(), false);
            assertReadAsChange(serializer.serialize("migration.changes", change(ChangeRequested.getClassSchema())));
        }
    }

    /** Twenty in a row, as ids have been read wrongly that are whole tens. */
    @Test
    void aSchemaWithReferencesIsFoundWhateverItsIds() throws Exception {
        var named = "{\"type\":\"record\",\"name\":\"Inner\",\"namespace\":\"refs\",\"fields\":[]}";
        register("refs.Inner", Value.object("schema", Value.of(named)));
        var reference =
                Value.object("name", Value.of("refs.Inner"), "subject", Value.of("refs.Inner"), "version", Value.of(1));
        try (var schemas = new ApicurioSchemas(Servers.registryUrl())) {
            for (int i = 0; i < 20; i++) {
                var outer = "{\"type\":\"record\",\"name\":\"Outer" + i + "\",\"namespace\":\"refs\",\"fields\":"
                        + "[{\"name\":\"inner\",\"type\":\"refs.Inner\"}]}";
                int id = register(
                        "refs.Outer" + i,
                        Value.object("schema", Value.of(outer), "references", Value.array(List.of(reference))));
                await().atMost(Duration.ofSeconds(20))
                        .ignoreExceptionsInstanceOf(RegistryUnavailable.class)
                        .untilAsserted(() -> assertThat(new SchemaParser()
                                        .parse(schemas.find(id).orElseThrow())
                                        .mainSchema()
                                        .getField("inner")
                                        .schema()
                                        .getFullName())
                                .isEqualTo("refs.Inner"));
            }
        }
    }

    @Test
    void apicuriosOwnDeserializerReadsUs() {
        var wire = wire();
        MigrationStatusChanged status = Messages.of(new Samples(4).status());
        try (var deserializer = new AvroKafkaDeserializer<GenericRecord>()) {
            deserializer.configure(apicurio(), false);
            GenericRecord read = deserializer.deserialize("migration.status", wire.encode(status));
            assertThat(read.get("migrationId")).hasToString(status.getMigrationId());
        }
    }

    /** A registry that was just told of a schema may need a moment to find it: until then the record is unresolved. */
    private static void assertReadAsChange(byte[] bytes) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(wire().decode(bytes))
                        .isInstanceOfSatisfying(
                                Decoded.Message.class,
                                message -> assertThat(
                                                Messages.fact(message.value()).orElseThrow())
                                        .isInstanceOfSatisfying(
                                                Fact.Requested.class,
                                                fact -> assertThat(fact.change().requester())
                                                        .isEqualTo("a script"))));
    }

    private static GenericRecord change(Schema schema) {
        var change = new GenericData.Record(schema);
        change.put("migrationId", "m-1");
        change.put("environment", "test");
        change.put("bundleDigest", "0".repeat(64));
        change.put("commit", "c1");
        change.put("requester", "a script");
        change.put(
                "intent", new GenericData.EnumSymbol(schema.getField("intent").schema(), "APPLY"));
        change.put("bundle", ByteBuffer.wrap(new byte[] {'{', '}'}));
        return change;
    }

    private static byte[] confluent(int id, GenericRecord record) throws Exception {
        var out = new ByteArrayOutputStream();
        out.write(0);
        out.writeBytes(ByteBuffer.allocate(4).putInt(id).array());
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static Map<String, Object> apicurio() {
        Map<String, Object> config = new HashMap<>();
        config.put("apicurio.registry.url", Servers.registryUrl());
        config.put("apicurio.registry.auto-register", true);
        config.put("apicurio.registry.find-latest", false);
        config.put("apicurio.registry.headers.enabled", false);
        config.put("apicurio.registry.use-id", "contentId");
        config.put("apicurio.registry.id-handler", "io.apicurio.registry.serde.Default4ByteIdHandler");
        return config;
    }

    private static Schema schema(String path) throws Exception {
        return new SchemaParser()
                .parse(((Value.Text) get(path).get("schema")).value())
                .mainSchema();
    }

    /** @return the id that goes onto the wire */
    private static int register(String subject, Value.Obj body) throws Exception {
        var answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(ccompat() + "/subjects/" + subject + "/versions"))
                        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                        .POST(HttpRequest.BodyPublishers.ofString(CanonicalJson.text(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return number((Value.Obj) CanonicalJson.parse(answer.body()), "id");
    }

    private static int number(Value.Obj answer, String field) {
        return ((Value.Num) answer.get(field)).value().intValueExact();
    }

    private static Value.Obj get(String path) throws Exception {
        var answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(ccompat() + path)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return (Value.Obj) CanonicalJson.parse(answer.body());
    }

    private static String ccompat() {
        return Servers.registryUrl().replace("/apis/registry/v3", "/apis/ccompat/v7");
    }
}
