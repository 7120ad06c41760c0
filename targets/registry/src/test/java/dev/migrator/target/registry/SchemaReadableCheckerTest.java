package dev.migrator.target.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.core.plan.SmokeCheck;
import dev.migrator.core.verdict.CheckResult;
import dev.migrator.target.SmokeChecker;
import dev.migrator.target.TargetException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchemaReadableCheckerTest {
    private static final String TEXT = "{\"type\":\"string\"}";

    private final String group = "g-" + UUID.randomUUID();
    private final Outsider outsider = new Outsider(Registries.asShipped());
    private final ArtifactName money = version("money");
    private final ArtifactName line = version("line");
    private final ArtifactName order = version("order");
    private SmokeChecker checker;

    /** An order has lines, and a line has money. */
    @BeforeEach
    void open() throws TargetException {
        checker = new RegistryTargetProvider()
                .openChecker(Registries.config(Registries.asShipped()), Map.of(), Registries.CALL_TIMEOUT);
        make(money, "JSON", "{}");
        make(line, "AVRO", TEXT, money);
        make(order, "AVRO", TEXT, line, money);
    }

    @AfterEach
    void close() {
        checker.close();
    }

    @Test
    void aReadableSchemaPassesWithEvidence() {
        var result = run(order);

        assertThat(result.problem()).isEmpty();
        assertThat(result.check()).isEqualTo("orders can be read");
        assertThat(result.evidence())
                .contains(order.address())
                .contains("AVRO")
                .contains(TEXT.length() + " bytes")
                .contains("global id")
                .contains("2 versions referred to");
    }

    @Test
    void onlyItsOwnTypeOfCheckIsRun() {
        assertThat(checker.supports("schema-readable")).isTrue();
        assertThat(checker.supports("topic-round-trip")).isFalse();
        assertFailed("TGT-CHECK", checker.run(new SmokeCheck("c", "registry", "topic-round-trip", spec(order))));
    }

    @Test
    void aCheckWithoutAVersionFails() {
        var spec = Value.object("group", Value.of(group), "artifactId", Value.of("order"));
        assertFailed("TGT-CHECK", checker.run(new SmokeCheck("c", "registry", "schema-readable", spec)));
    }

    @Test
    void aSchemaThatIsNotThereFails() {
        assertFailed("TGT-SCHEMA-UNREADABLE", run(version("nothing")));
    }

    @Test
    void aDisabledSchemaFails() {
        outsider.setState(order, "DISABLED");

        var problem = assertFailed("TGT-SCHEMA-UNREADABLE", run(order));
        assertThat(problem.found()).contains("DISABLED");
    }

    @Test
    void aDisabledSchemaFarDownTheReferencesFailsAndIsNamed() {
        outsider.setState(money, "DISABLED");

        var problem = assertFailed("TGT-SCHEMA-UNREADABLE", run(order));
        assertThat(problem.thing()).contains(money.address()).contains(order.address());
    }

    @Test
    void aReferenceToNothingFails() {
        var broken = version("broken");
        make(broken, "AVRO", TEXT, version("nothing"));

        var problem = assertFailed("TGT-SCHEMA-UNREADABLE", run(broken));
        assertThat(problem.thing()).contains("nothing@1");
    }

    @Test
    void aSchemaThatDoesNotParseFails() {
        var broken = version("broken");
        make(broken, "JSON", "{ \"type\": ");

        var problem = assertFailed("TGT-SCHEMA-UNREADABLE", run(broken));
        assertThat(problem.found()).contains("does not parse");
    }

    @Test
    void schemasThatReferToEachOtherAreEachLookedAtOnce() {
        var a = version("a");
        var b = version("b");
        make(a, "JSON", "{}", b);
        make(b, "JSON", "{}", a);

        assertThat(run(a).evidence()).contains("1 version referred to");
    }

    @Test
    void aRegistryThatIsAwayFailsTheCheck() throws Exception {
        try (var away = new RegistryTargetProvider()
                .openChecker(
                        Registries.config(Registries.asShipped() + "/nonsense"), Map.of(), Registries.CALL_TIMEOUT)) {
            assertFailed("TGT-UNEXPECTED-ANSWER", away.run(check(order)));
        }
    }

    private ArtifactName version(String id) {
        return ArtifactName.version(group, id, "1");
    }

    private void make(ArtifactName name, String type, String content, ArtifactName... references) {
        outsider.makeArtifact(name.withoutVersion(), type);
        outsider.makeVersion(name, content, references);
    }

    private CheckResult run(ArtifactName name) {
        return checker.run(check(name));
    }

    private static SmokeCheck check(ArtifactName name) {
        return new SmokeCheck("orders can be read", "registry", "schema-readable", spec(name));
    }

    private static Value.Obj spec(ArtifactName name) {
        return Value.object(
                "type", Value.of("schema-readable"),
                "schema", Value.of("orders"),
                "group", Value.of(name.group()),
                "artifactId", Value.of(name.artifactId()),
                "version", Value.of(name.version().orElseThrow()));
    }

    private static dev.migrator.core.error.Problem assertFailed(String code, CheckResult result) {
        assertThat(result.passed()).isFalse();
        var problem = result.problem().orElseThrow();
        assertThat(problem.code()).isEqualTo(code);
        return problem;
    }
}
