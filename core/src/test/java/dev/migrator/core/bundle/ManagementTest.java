package dev.migrator.core.bundle;

import static dev.migrator.core.bundle.TestManifests.bundle;
import static dev.migrator.core.bundle.TestManifests.codes;
import static dev.migrator.core.bundle.TestManifests.read;
import static dev.migrator.core.bundle.TestManifests.readAcl;
import static dev.migrator.core.bundle.TestManifests.schema;
import static dev.migrator.core.bundle.TestManifests.topic;
import static dev.migrator.core.bundle.TestManifests.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.Desired;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.EntryKey;
import org.junit.jupiter.api.Test;

/** What manifests say about being managed: letting go, and protection from deletion. */
class ManagementTest {
    private static final Value UNMANAGED = Value.of("unmanaged");

    @Test
    void whatIsLetGoOfIsNeitherWantedNorUnwanted() {
        var bundle = bundle(with(topic("t"), "state", UNMANAGED), topic("other"), readAcl("a", "t"));

        var desired = Desired.inNoEnvironment(Kinds.standard(), bundle.resources());

        assertThat(desired.released().keySet()).containsExactly(new EntryKey("kafka", "topic", "t"));
        assertThat(desired.entries()).doesNotContainKey(new EntryKey("kafka", "topic", "t"));
        assertThat(desired.entries().values()).allMatch(entry -> !entry.absent());
        assertThat(desired.entries().values())
                .allMatch(entry -> entry.dependsOn().isEmpty());
    }

    @Test
    void toLetGoOfSomethingNeedsOnlyWhatNamesIt() {
        var named = TestManifests.without(with(topic("t"), "state", UNMANAGED), "spec");

        assertThat(codes(read(named))).isEmpty();
    }

    @Test
    void aSchemaCannotReferToOneThatIsLetGoOf() {
        var result = read(
                with(schema("Money", "1"), "state", UNMANAGED),
                schema("Order", "1", "[" + TestManifests.reference("Money", "1") + "]"));

        assertThat(codes(result)).containsExactly("BND-DANGLING-REFERENCE Schema/Order, spec.references.0");
    }

    @Test
    void protectionIsYesNoOrNotSaid() {
        assertThat(protection(Value.of(true))).contains(true);
        assertThat(protection(Value.of(false))).contains(false);
        assertThat(bundle(topic("t")).resources().getFirst().deletionProtection())
                .isEmpty();
    }

    @Test
    void protectionInQuotesIsRefusedWithItsCure() {
        var result = read(protectedBy(Value.of("true")));

        assertThat(codes(result)).containsExactly("MAN-WRONG-TYPE Topic/t, metadata.protected");
        assertThat(result.findings().getFirst().problem().todo()).isEqualTo("write it without quotes");
    }

    private static java.util.Optional<Boolean> protection(Value written) {
        return bundle(protectedBy(written)).resources().getFirst().deletionProtection();
    }

    private static Value.Obj protectedBy(Value written) {
        var topic = topic("t");
        return with(topic, "metadata", with((Value.Obj) topic.get("metadata"), "protected", written));
    }
}
