package dev.migrator.target.registry;

import static dev.migrator.target.testkit.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.model.EntryKey;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetReader;
import dev.migrator.target.testkit.ScriptedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListingTest {
    private static final int PAGE = 500;
    private static final String VERSIONS = "GET /search/versions?orderby=globalId&order=asc";

    private final ScriptedServer server = ScriptedRegistry.server();
    private TargetReader registry;

    @BeforeEach
    void open() throws TargetException {
        registry = new RegistryTargetProvider()
                .openReader(Registries.config(server.url()), Map.of(), Duration.ofSeconds(10));
    }

    @AfterEach
    void close() {
        registry.close();
        server.close();
    }

    @Test
    void aLongListIsReadPageByPage() throws Exception {
        var versions =
                IntStream.range(0, 1_200).mapToObj(i -> version(i, "ENABLED")).toList();
        page(VERSIONS, "versions", 0, versions, 1_200);
        page(VERSIONS, "versions", 500, versions, 1_200);
        page(VERSIONS, "versions", 1_000, versions, 1_200);

        assertThat(list("artifact-version")).hasSize(1_200).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void keysAreInTheOrderOfTheirAddressesWhateverTheOrderOfTheRegistry() throws Exception {
        // '-' comes before '/', so the groups' own order is not that of the addresses
        page("GET /groups?orderby=groupId&order=asc", "groups", 0, List.of(group("a"), group("a-b")), 2);
        artifacts("default", List.of());
        artifacts("a", List.of(artifact("a", "x", ""), artifact("a", "X", "")));
        artifacts("a-b", List.of(artifact("a-b", "y", "")));

        assertThat(list("artifact").stream().map(EntryKey::address)).containsExactly("a-b/y", "a/X", "a/x");
    }

    @Test
    void whatIsOutOfUseIsLeftOut() throws Exception {
        page("GET /groups?orderby=groupId&order=asc", "groups", 0, List.of(), 0);
        artifacts(
                "default",
                List.of(
                        artifact("", "kept", ",\"labels\":{\"migrator-retired\":\"true\"}"),
                        artifact("", "used", ",\"labels\":{\"team\":\"a\"}")));
        page(
                VERSIONS,
                "versions",
                0,
                List.of(version(1, "DISABLED"), version(2, "DEPRECATED"), version(3, "DRAFT")),
                3);

        assertThat(list("artifact").stream().map(EntryKey::address)).containsExactly("default/used");
        assertThat(list("artifact-version").stream().map(EntryKey::address))
                .containsExactly("default/a@2", "default/a@3");
    }

    @Test
    void aListThatChangesWhileItIsReadIsReadAgain() throws Exception {
        var before = List.of(version(1, "ENABLED"), version(2, "ENABLED"));
        server.on(
                VERSIONS + "&offset=0&limit=500",
                json(200, text("versions", before.subList(0, 1), 2)),
                json(200, text("versions", before, 2)));
        page(VERSIONS, "versions", 1, List.of(), 1);

        assertThat(list("artifact-version")).hasSize(2);
    }

    @Test
    void aListThatNeverHoldsStillIsUnavailable() {
        page(VERSIONS, "versions", 0, List.of(version(1, "ENABLED")), 2);
        server.on(VERSIONS + "&offset=1&limit=500", json(200, text("versions", List.of(), 2)));

        assertThatThrownBy(() -> list("artifact-version"))
                .isInstanceOf(TargetException.Unavailable.class)
                .hasMessageContaining("keeps changing");
    }

    @Test
    void moreThanCanBeListedIsRefusedAfterTheFirstPage() {
        server.on(VERSIONS + "&offset=0&limit=500", json(200, text("versions", List.of(), 250_001)));

        assertThatThrownBy(() -> list("artifact-version"))
                .isInstanceOfSatisfying(
                        TargetException.Refused.class,
                        e -> assertThat(e.problem().code()).isEqualTo("TGT-TOO-MANY"));
    }

    @Test
    void aKindThatARegistryHasNotIsRefused() {
        assertThatThrownBy(() -> list("topic")).isInstanceOf(TargetException.Refused.class);
    }

    private List<EntryKey> list(String kind) throws TargetException {
        try (var keys = registry.list(kind)) {
            return keys.toList();
        }
    }

    private void artifacts(String group, List<String> items) {
        page(
                "GET /search/artifacts?orderby=artifactId&order=asc&groupId=" + group,
                "artifacts",
                0,
                items,
                items.size());
    }

    private void page(String call, String field, int offset, List<String> all, long count) {
        var items = all.subList(Math.min(offset, all.size()), Math.min(all.size(), offset + PAGE));
        server.on(call + "&offset=" + offset + "&limit=" + PAGE, json(200, text(field, new ArrayList<>(items), count)));
    }

    private static String text(String field, List<String> items, long count) {
        return "{\"" + field + "\":[" + String.join(",", items) + "],\"count\":" + count + "}";
    }

    private static String group(String id) {
        return "{\"groupId\":\"" + id + "\",\"createdOn\":\"2026-11-29T01:56:12Z\"}";
    }

    private static String artifact(String group, String id, String more) {
        return "{\"artifactId\":\"" + id + "\",\"artifactType\":\"AVRO\",\"createdOn\":\"2026-01-02T03:04:05Z\""
                + (group.isEmpty() ? "" : ",\"groupId\":\"" + group + "\"") + more + "}";
    }

    private static String version(int number, String state) {
        return "{\"artifactId\":\"a\",\"version\":\"%d\",\"artifactType\":\"AVRO\",\"state\":\"%s\",\"globalId\":%d,\"contentId\":7}"
                .formatted(number, state, number);
    }
}
