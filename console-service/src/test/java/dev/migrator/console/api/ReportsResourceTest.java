package dev.migrator.console.api;

import static dev.migrator.console.Statuses.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.console.Statuses;
import dev.migrator.console.work.ReportLog;
import dev.migrator.console.work.Reports;
import dev.migrator.console.work.StatusBoard;
import dev.migrator.console.work.TopicsAsRead;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.report.CheckLine;
import dev.migrator.core.report.ReportCheck;
import dev.migrator.core.report.ReportKey;
import dev.migrator.core.report.ReportSource;
import dev.migrator.core.report.ReportVerdict;
import dev.migrator.kit.approvals.ApprovalSigner;
import dev.migrator.kit.approvals.Ed25519Keys;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryObjects;
import dev.migrator.kit.testkit.Plans;
import dev.migrator.kit.topics.Topics;
import dev.migrator.target.testkit.InMemoryTarget;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsResourceTest {
    @TempDir
    Path folder;

    private final KeyPair keys = Ed25519Keys.generate();
    private final MemoryObjects objects = new MemoryObjects();
    private final ReportsResource resource = new ReportsResource();
    private Desk desk;
    private TopicsAsRead topics;
    private MigrationStatus planned;

    @BeforeEach
    void open() {
        desk = new Desk(folder);
        topics = new TopicsAsRead(desk.wire());
        var plan = Plans.plan(
                InMemoryTarget.ofAllKinds("kafka"), List.of(), Plans.phase(0, List.of(), Plans.create("orders", "7")));
        objects.put(Statuses.PLAN_URI, PlanCodec.bytes(plan));
        planned = status("m-1", "test", 1, MigrationState.PLANNED, Optional.of(PlanCodec.digest(plan)));
        topics.put(Topics.STATUS, "m-1", planned.updatedAt().toEpochMilli(), Messages.of(planned));
        resource.board = new StatusBoard();
        resource.board.accept(planned);
        var clock = Clock.fixed(planned.updatedAt(), ZoneOffset.UTC);
        serve(new ReportLog(topics::consumer, desk.wire(), clock, Duration.ofSeconds(30)));
        callerHas(EnumSet.of(Users.Role.VIEWER));
    }

    private void serve(ReportLog log) {
        var clock = Clock.fixed(planned.updatedAt(), ZoneOffset.UTC);
        resource.reports = new Reports(log::of, objects, new ApprovalSigner(keys.getPrivate()), clock, "test");
    }

    @Test
    void theAnswerIsAReportThatHoldsSignedWithTheConsolesKey() throws IOException {
        var response = resource.report("m-1");

        assertThat(response.getMediaType()).hasToString("application/zip");
        assertThat(response.getHeaderString("Content-Disposition")).contains("report-m-1.zip");
        var verdict = check(response);
        assertThat(verdict.holds()).as(verdict.lines().toString()).isTrue();
        assertThat(verdict.manifest().orElseThrow().made().by()).isEqualTo("alice");
        assertThat(verdict.newest()).contains(planned);
        assertThat(marked(verdict, CheckLine.Mark.PASSED)).contains("signature", "key", "plan", "statuses");
    }

    @Test
    void withoutTheBucketItSaysWhatIsMissingAndHolds() throws IOException {
        objects.goAway();

        var verdict = check(resource.report("m-1"));

        assertThat(verdict.holds()).as(verdict.lines().toString()).isTrue();
        assertThat(verdict.manifest().orElseThrow().missing()).singleElement().satisfies(missing -> {
            assertThat(missing.what()).isEqualTo("plan.json");
            assertThat(missing.why().code()).isEqualTo("OBJ-UNAVAILABLE");
        });
        assertThat(marked(verdict, CheckLine.Mark.NOT_CHECKED)).contains("plan");
    }

    @Test
    void anApprovalOfAPlanWhoseStatusWasNotReadAnyMoreIsNoFailureWhileItIsUnderWay() throws IOException {
        var newer = new Fact.Approval(planned.id(), Digest.ofText("newer"), "bob", true, "", List.of());
        topics.put(
                Topics.APPROVALS,
                "test",
                planned.updatedAt().plusSeconds(1).toEpochMilli(),
                Messages.approval(newer, "test", new byte[0], "another key"));

        var verdict = check(resource.report("m-1"));

        assertThat(verdict.holds()).as(verdict.lines().toString()).isTrue();
        assertThat(marked(verdict, CheckLine.Mark.NOT_CHECKED)).contains("approvals");
    }

    @Test
    void aPlanThatIsGoneOrWasReplacedIsMissing() throws IOException {
        objects.outsiderSets(Statuses.PLAN_URI, new byte[] {1});
        assertThat(check(resource.report("m-1")).manifest().orElseThrow().missing())
                .extracting(missing -> missing.why().code())
                .containsExactly("RPT-OTHER-OBJECT");

        objects.remove(Statuses.PLAN_URI);
        assertThat(check(resource.report("m-1")).manifest().orElseThrow().missing())
                .extracting(missing -> missing.why().code())
                .containsExactly("OBJ-MISSING");
    }

    @Test
    void brokersThatDoNotAnswerAreAProblemAndNoReport() {
        serve(new ReportLog(
                () -> {
                    throw new TimeoutException("no broker");
                },
                desk.wire(),
                Clock.systemUTC(),
                Duration.ofSeconds(1)));

        assertAnswered(503, "KFK-UNAVAILABLE");
    }

    @Test
    void anUnknownMigrationIsAnswered404AndACallerWithoutTheRole403() {
        assertThatThrownBy(() -> resource.report("m-9"))
                .isInstanceOfSatisfying(
                        ApiProblem.class, e -> assertThat(e.status()).isEqualTo(404));
        callerHas(EnumSet.complementOf(EnumSet.of(Users.Role.VIEWER)));
        assertAnswered(403, "CON-FORBIDDEN");
    }

    private void assertAnswered(int status, String code) {
        assertThatThrownBy(() -> resource.report("m-1")).isInstanceOfSatisfying(ApiProblem.class, e -> {
            assertThat(e.status()).isEqualTo(status);
            assertThat(e.problem().code()).isEqualTo(code);
        });
    }

    private ReportVerdict check(Response response) throws IOException {
        var out = new ByteArrayOutputStream();
        ((StreamingOutput) response.getEntity()).write(out);
        var bytes = out.toByteArray();
        return ReportCheck.of(
                new ReportSource() {
                    @Override
                    public long size() {
                        return bytes.length;
                    }

                    @Override
                    public byte[] read(long from, int length) {
                        return Arrays.copyOfRange(bytes, (int) from, (int) from + length);
                    }
                },
                Optional.of(ReportKey.ofPem(Ed25519Keys.pem(keys.getPublic()))));
    }

    private static List<String> marked(ReportVerdict verdict, CheckLine.Mark mark) {
        return verdict.lines().stream()
                .filter(line -> line.mark() == mark)
                .map(CheckLine::name)
                .toList();
    }

    private void callerHas(Set<Users.Role> roles) {
        resource.caller = new Caller();
        resource.caller.is(new Users.User("alice", roles));
    }
}
