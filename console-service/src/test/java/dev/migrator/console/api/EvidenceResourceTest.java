package dev.migrator.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.events.v1.AuditEntry;
import dev.migrator.kit.audit.Audit;
import dev.migrator.kit.evidence.EvidenceStore;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryObjects;
import dev.migrator.kit.topics.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceResourceTest {
    private static final String BUNDLE = Digest.ofText("bundle").toString();

    private final EvidenceResource resource = new EvidenceResource();
    private final MemoryObjects objects = new MemoryObjects();

    @TempDir
    Path folder;

    private Desk desk;

    @BeforeEach
    void open() {
        resource.evidence = new EvidenceStore(objects);
        desk = new Desk(folder);
        resource.audit = new Audit(desk.publisher(), "console", Clock.systemUTC());
        resource.clock = Clock.fixed(Instant.parse("2026-11-26T12:00:00Z"), ZoneOffset.UTC);
        callerIs(Users.Role.REQUESTER, Users.Role.VIEWER);
    }

    @Test
    void whatIsAddedIsListedWithTheCallerAndTheTimeAndNamedByItsDigest() {
        add("{\"kind\":\"load-test\",\"facts\":{\"passed\":true,\"runs\":120}}");
        add("{\"kind\":\"load-test\",\"facts\":{\"passed\":true,\"runs\":120}}");

        var items = (Value.Arr) ((Value.Obj) CanonicalJson.parse(resource.list(BUNDLE))).get("items");
        assertThat(items.items()).hasSize(1);
        var seen = (Value.Obj) items.items().getFirst();
        assertThat(seen.get("by")).isEqualTo(Value.of("alice"));
        assertThat(seen.get("at")).isEqualTo(Value.of("2026-11-26T12:00:00Z"));
        assertThat(seen.get("runs")).isEqualTo(Value.of(120));
        var digest = Digest.parse(((Value.Text) seen.get("digest")).value());
        assertThat(objects.keys())
                .containsExactly("~evidence/" + Digest.ofText("bundle").hex() + "/" + digest.hex() + ".json");
    }

    @Test
    void whoAddedWhichEvidenceIsInTheAudit() {
        add("{\"kind\":\"load-test\",\"facts\":{\"passed\":true}}");

        var entry = (AuditEntry) desk.published(Topics.AUDIT).getFirst();
        assertThat(entry.getDecision()).isEqualTo("evidence-added");
        assertThat(entry.getActor()).isEqualTo("alice");
        assertThat(entry.getDetails())
                .contains("bundle " + BUNDLE, "kind load-test")
                .noneMatch(line -> line.contains("passed"));
    }

    @Test
    void whatIsNotAsItShouldBeIsAnsweredAndNothingIsKept() {
        for (var body : new String[] {
            "[]",
            "{\"kind\":\"a\"}",
            "{\"kind\":\"a\",\"facts\":[]}",
            "{\"facts\":{}}",
            "{\"kind\":\"a\",\"facts\":{},\"by\":\"bob\"}"
        }) {
            assertThatThrownBy(() -> add(body))
                    .as(body)
                    .isInstanceOfSatisfying(
                            ApiProblem.class, e -> assertThat(e.status()).isEqualTo(400));
        }
        assertThatThrownBy(() -> add("{\"kind\":\"a\",\"facts\":{\"by\":\"bob\"}}"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("EVD-SHAPE"));
        assertThatThrownBy(() -> resource.list("latest")).isInstanceOf(ApiProblem.class);
        assertThat(objects.keys()).isEmpty();
        assertThat(desk.keys(Topics.AUDIT)).isEmpty();
    }

    @Test
    void whoMayOnlyLookAddsNothing() {
        callerIs(Users.Role.VIEWER);

        assertThatThrownBy(() -> add("{\"kind\":\"a\",\"facts\":{}}"))
                .isInstanceOfSatisfying(
                        ApiProblem.class, e -> assertThat(e.status()).isEqualTo(403));
        assertThat(objects.keys()).isEmpty();
    }

    private void add(String body) {
        assertThat(resource.add(BUNDLE, body.getBytes(UTF_8)).getStatus()).isEqualTo(200);
    }

    private void callerIs(Users.Role first, Users.Role... more) {
        var caller = new Caller();
        caller.is(new Users.User("alice", EnumSet.of(first, more), java.util.Set.of()));
        resource.caller = caller;
    }
}
