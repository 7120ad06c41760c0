package dev.migrator.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.console.Statuses;
import dev.migrator.console.work.ChecklistEvidence;
import dev.migrator.console.work.StatusBoard;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.ChecklistLine;
import dev.migrator.core.lifecycle.EvidenceLink;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.kit.objects.ObjectKeys;
import dev.migrator.kit.testkit.MemoryObjects;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A migration that was rehearsed and verified, and is approved. */
class ChecklistResourceTest {
    private static final byte[] REHEARSAL = "{\"operations\":[]}".getBytes(UTF_8);
    private static final byte[] VERDICT = "{\"state\":\"same\"}".getBytes(UTF_8);
    private static final String KEY = "4be21d0/m-1/rehearsal-1-0a1b2c3d.json";

    private final ChecklistResource resource = new ChecklistResource();
    private final MemoryObjects objects = new MemoryObjects();
    private final String verdict = ObjectKeys.evidence("4be21d0", new MigrationId("m-1"), 1, 0, Digest.of(VERDICT));

    @BeforeEach
    void open() {
        objects.put(KEY, REHEARSAL);
        objects.put(verdict, VERDICT);
        objects.put("4be21d0/m-1/outcomes.json", "{}".getBytes(UTF_8));
        resource.board = new StatusBoard();
        resource.evidence = new ChecklistEvidence(objects);
        resource.board.accept(Statuses.listing(
                Statuses.status("m-1", 1, MigrationState.SUCCEEDED),
                line("rehearsed", new EvidenceLink("rehearsal", KEY, Optional.of(Digest.of(REHEARSAL)))),
                line("approved", new EvidenceLink(EvidenceLink.REPORT, "", Optional.empty())),
                line("state-verified", new EvidenceLink("verification", verdict, Optional.empty())),
                line("drilled")));
        callerHas(Users.Role.VIEWER);
    }

    private static ChecklistLine line(String name, EvidenceLink... links) {
        return new ChecklistLine(name, ChecklistLine.Mark.PASSED, "it is so", List.of(links));
    }

    @Test
    void aLinkIsOpenedWithTheBytesThatLieInTheBucket() {
        var answer = resource.evidence("m-1", "rehearsed", 0);

        assertThat(answer.getEntity()).isEqualTo(REHEARSAL);
        assertThat(answer.getHeaderString("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.getHeaderString("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(resource.evidence("m-1", "state-verified", 0).getEntity()).isEqualTo(VERDICT);
    }

    @Test
    void theReportIsMadeElsewhere() {
        var answer = resource.evidence("m-1", "approved", 0);

        assertThat(answer.getStatus()).isEqualTo(303);
        assertThat(answer.getLocation()).isEqualTo(URI.create("api/v1/migrations/m-1/report"));
    }

    @Test
    void nothingIsOpenedThatTheStatusDoesNotName() {
        for (var line : List.of("unheard-of", "../../outcomes", "4be21d0/m-1/outcomes.json", "drilled")) {
            assertRefused("CON-NO-EVIDENCE", 404, () -> resource.evidence("m-1", line, 0));
        }
        assertRefused("CON-NO-EVIDENCE", 404, () -> resource.evidence("m-1", "rehearsed", 1));
        assertRefused("CON-NO-EVIDENCE", 404, () -> resource.evidence("m-1", "rehearsed", -1));
        assertThatThrownBy(() -> resource.evidence("m-2", "rehearsed", 0)).hasMessageContaining("CON-UNKNOWN");
    }

    @Test
    void whatIsGoneOrAlteredIsSaidToBe() {
        objects.remove(KEY);
        assertRefused("OBJ-MISSING", 410, () -> resource.evidence("m-1", "rehearsed", 0));

        objects.outsiderSets(KEY, "{}".getBytes(UTF_8));
        assertRefused("OBJ-DIGEST", 409, () -> resource.evidence("m-1", "rehearsed", 0));

        objects.outsiderSets(verdict, "{}".getBytes(UTF_8)); // its digest is known by its key alone
        assertRefused("OBJ-DIGEST", 409, () -> resource.evidence("m-1", "state-verified", 0));
    }

    @Test
    void aBucketThatIsAwayIsAskedAgainLater() {
        objects.goAway();

        assertThatThrownBy(() -> resource.evidence("m-1", "rehearsed", 0))
                .isInstanceOfSatisfying(
                        ApiProblem.class, e -> assertThat(e.status()).isEqualTo(503));
    }

    @Test
    void whoMayNotReadThePlanMayNotReadThis() {
        callerHas(EnumSet.complementOf(EnumSet.of(Users.Role.VIEWER)).toArray(Users.Role[]::new));

        assertThatThrownBy(() -> resource.evidence("m-1", "rehearsed", 0)).hasMessageContaining("CON-FORBIDDEN");
    }

    private static void assertRefused(String code, int status, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().code()).isEqualTo(code);
            assertThat(new ProblemMappers().of(e).getStatus()).isEqualTo(status);
        });
    }

    private void callerHas(Users.Role... roles) {
        resource.caller = new Caller();
        resource.caller.is(new Users.User("alice", Set.of(roles)));
    }
}
