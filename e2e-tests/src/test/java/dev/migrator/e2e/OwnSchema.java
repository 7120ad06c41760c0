package dev.migrator.e2e;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A client that writes changes with a schema of its own: the same fields, in other words, so under another id. */
final class OwnSchema {
    private OwnSchema() {}

    /** The same change, written with the schema that has other words. */
    static GenericRecord change(GenericRecord change) {
        var text = change.getSchema().toString().replace("Starts a migration.", "Starts one.");
        var schema = new SchemaParser().parse(text).mainSchema();
        var own = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            own.put(
                    field.pos(),
                    field.name().equals("intent")
                            ? new GenericData.EnumSymbol(field.schema(), "APPLY")
                            : change.get(field.name()));
        }
        return own;
    }

    /** Registers the schema under the client's own subject and returns its id. */
    static int register(String registryUrl, Schema schema) throws Exception {
        var url = registryUrl.replace("/apis/registry/v3", "/apis/ccompat/v7")
                + "/subjects/migration.changes-value/versions";
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    CanonicalJson.text(Value.object("schema", Value.of(schema.toString())))))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(url + ": " + answer.statusCode() + " " + answer.body());
            }
            return ((Value.Num) ((Value.Obj) CanonicalJson.parse(answer.body())).get("id"))
                    .value()
                    .intValueExact();
        }
    }

    static void publish(Map<String, String> kafka, int id, GenericRecord change) throws Exception {
        var out = new ByteArrayOutputStream();
        out.write(0);
        out.writeBytes(ByteBuffer.allocate(4).putInt(id).array());
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(change.getSchema()).write(change, encoder);
        encoder.flush();
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>copyOf(kafka), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("migration.changes", "own", out.toByteArray()))
                    .get();
        }
    }
}
