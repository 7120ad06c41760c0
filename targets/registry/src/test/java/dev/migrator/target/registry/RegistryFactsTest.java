package dev.migrator.target.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.target.SystemFacts;
import dev.migrator.target.TargetException;
import dev.migrator.target.testkit.ScriptedServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a real registry tells about what it runs on, and what a registry that says less leaves open. */
class RegistryFactsTest {
    @Test
    void releaseAndTypesAreTold() throws Exception {
        try (var writer = Registries.writer(Registries.asShipped())) {
            var facts = writer.facts();

            assertThat(facts.values())
                    .containsEntry(SystemFacts.VERSION, "3.3.3")
                    .containsKey("name");
            assertThat(facts.values().get("artifact types")).contains("AVRO", "JSON", "PROTOBUF");
            assertThat(facts.unread()).isEmpty();
        }
    }

    @Test
    void nothingButARegistryHasARegistrysVersion() throws Exception {
        try (var server =
                ScriptedRegistry.server().on("GET /system/info", ScriptedServer.json(200, "{\"hello\":\"world\"}"))) {
            try (var reader = new RegistryTargetProvider()
                    .openReader(Registries.config(server.url()), Map.of(), Duration.ofSeconds(5))) {
                assertThat(org.assertj.core.api.Assertions.catchThrowable(reader::facts))
                        .isInstanceOfSatisfying(
                                TargetException.Unavailable.class,
                                e -> assertThat(e.problem().code()).isEqualTo("TGT-UNEXPECTED-ANSWER"));
            }
        }
    }

    @Test
    void whatACredentialMayNotSeeIsNamedAndNotGuessed() throws Exception {
        try (var server = ScriptedRegistry.server()
                .on("GET /system/info", ScriptedServer.json(200, "{\"version\":\"3.1.0\"}"))
                .on("GET /system/limits", ScriptedServer.json(200, "{\"maxTotalSchemasCount\":30,\"maxLabels\":-1}"))
                .on("GET /admin/rules", ScriptedRegistry.error(403, "ForbiddenException", "not you"))
                .on("GET /users/me", ScriptedServer.json(200, "{\"viewer\":true,\"developer\":false}"))) {
            try (var reader = new RegistryTargetProvider()
                    .openReader(Registries.config(server.url()), Map.of(), Duration.ofSeconds(5))) {
                var facts = reader.facts();

                assertThat(facts.values())
                        .containsEntry("version", "3.1.0")
                        .containsEntry("limit.maxTotalSchemasCount", "30")
                        .doesNotContainKey("limit.maxLabels");
                assertThat(facts.unread()).extracting(problem -> problem.code()).containsExactly("TGT-DENIED");
                assertThat(facts.rights().orElseThrow().reading()).containsExactly("viewer");
                assertThat(facts.rights().orElseThrow().writing()).isEmpty();
            }
        }
    }
}
