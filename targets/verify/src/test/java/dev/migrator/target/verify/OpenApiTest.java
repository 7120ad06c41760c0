package dev.migrator.target.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.manifests.yaml.YamlReader;
import dev.migrator.target.verify.Proxy.Call;
import dev.migrator.target.verify.Proxy.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The published protocol is the one that is spoken: every call of the whole contract, looked at from between. */
class OpenApiTest {
    private static final String LOCATION = "https://migrator.dev/http-target.openapi.json";
    private static final Path FILE = Path.of("..", "..", "docs", "targets", "http-target.openapi.yaml");

    private record Seen(Call call, Reply reply) {}

    @TempDir
    Path folder;

    private final Value.Obj published = published();
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(Map.of(LOCATION, CanonicalJson.text(published))));
    private final Map<String, Schema> schemas = new HashMap<>();

    @Test
    void everyCallAndAnswerOfTheContractIsOneOfTheProtocol() throws Exception {
        var seen = new ConcurrentLinkedQueue<Seen>();
        try (var example = new ExampleServer(folder.resolve("policies.json"), "");
                var proxy = new Proxy(example.url(), (call, upstream) -> {
                    var reply = upstream.send(call);
                    seen.add(new Seen(call, reply));
                    return reply;
                })) {
            var server = new Server(proxy.url(), Optional.empty());
            var subject =
                    Server.subjects(server.description(), Optional.empty()).getFirst();
            assertThat(Verification.of(server, subject, 200, _ -> true).passed())
                    .isTrue();
        }

        var calls = new TreeMap<String, Integer>();
        for (var one : seen) {
            if (one.reply().status() == 200) {
                var path = one.call().path().replaceFirst("\\?.*", "");
                calls.merge(one.call().method() + " " + path, 1, Integer::sum);
                fits(one, path);
            } else {
                assertThat(errors("/components/schemas/Problem", one.reply().body()))
                        .isEmpty();
            }
        }
        assertThat(calls.keySet())
                .containsExactly(
                        "GET /v1",
                        "GET /v1/entries",
                        "POST /v1/entries/apply",
                        "POST /v1/entries/dry-run",
                        "POST /v1/entries/read");
        assertThat(calls.values()).allMatch(count -> count > 5);
    }

    @Test
    void everySchemaIsOneOfItsDraftAndReferencesNothingThatIsMissing() {
        var draft = registry.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        var all = (Value.Obj) ((Value.Obj) published.get("components")).get("schemas");
        all.fields().forEach((name, schema) -> {
            assertThat(draft.validate(CanonicalJson.text(schema), InputFormat.JSON))
                    .as(name)
                    .isEmpty();
            schema("/components/schemas/" + name).initializeValidators();
        });
        assertThat(errors("/components/schemas/State", "{\"state\":\"absent\",\"fields\":{}}"))
                .isNotEmpty();
        assertThat(errors("/components/schemas/Outcome", "{\"outcome\":\"ok\"}"))
                .isNotEmpty();
    }

    private void fits(Seen one, String path) {
        var operation = "/paths/" + path.replace("~", "~0").replace("/", "~1") + "/"
                + one.call().method().toLowerCase(java.util.Locale.ROOT);
        assertThat(errors(
                        operation + "/responses/200/content/application~1json/schema",
                        one.reply().body()))
                .as(
                        "answer to %s %s: %s",
                        one.call().method(), path, one.reply().body())
                .isEmpty();
        if (one.call().method().equals("POST")) {
            assertThat(errors(
                            operation + "/requestBody/content/application~1json/schema",
                            one.call().body()))
                    .as("request %s: %s", path, one.call().body())
                    .isEmpty();
        }
        if (path.endsWith("/apply")) {
            assertThat(one.call().key()).isPresent();
        }
    }

    private List<String> errors(String pointer, String json) {
        return schema(pointer).validate(json, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private Schema schema(String pointer) {
        return schemas.computeIfAbsent(pointer, _ -> registry.getSchema(SchemaLocation.of(LOCATION + "#" + pointer)));
    }

    private static Value.Obj published() {
        try {
            var read = YamlReader.standard().read(Files.readAllBytes(FILE), FILE.toString());
            assertThat(read.findings()).isEmpty();
            return (Value.Obj) read.documents().getFirst().value();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
