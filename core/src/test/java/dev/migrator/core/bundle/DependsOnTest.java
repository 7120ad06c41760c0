package dev.migrator.core.bundle;

import static dev.migrator.core.bundle.TestManifests.absent;
import static dev.migrator.core.bundle.TestManifests.codes;
import static dev.migrator.core.bundle.TestManifests.read;
import static dev.migrator.core.bundle.TestManifests.schema;
import static dev.migrator.core.bundle.TestManifests.topic;
import static dev.migrator.core.bundle.TestManifests.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.Desired;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.EntryKey;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code metadata.dependsOn}: an order that no kind could find by itself, also between systems. */
class DependsOnTest {
    @Test
    void everyEntryWaitsForEveryEntryOfWhatItDependsOn() {
        var result = read(dependingOn(topic("t"), "Schema/Order"), schema("Order", "1"));

        assertThat(codes(result)).isEmpty();
        var desired = Desired.inNoEnvironment(
                Kinds.standard(), result.bundle().orElseThrow().resources());
        assertThat(desired.entries().get(new EntryKey("kafka", "topic", "t")).dependsOn())
                .extracting(EntryKey::kind)
                .containsExactly("artifact", "artifact-version");
    }

    @Test
    void namesThatStandForNothingAreRefused() {
        assertThat(codes(read(dependingOn(topic("t"), "Topic/u"))))
                .containsExactly("BND-DEPENDS-ON Topic/t, metadata.dependsOn.0");
        assertThat(codes(read(dependingOn(topic("t"), "Topic/u"), absent(topic("u")))))
                .containsExactly("BND-DEPENDS-ON-ABSENT Topic/t, metadata.dependsOn.0");
        assertThat(codes(read(dependingOn(topic("t"), "u"))))
                .containsExactly("MAN-VALUE Topic/t, metadata.dependsOn.0");
    }

    @Test
    void aCircleIsFound() {
        assertThat(codes(read(dependingOn(topic("t"), "Topic/u"), dependingOn(topic("u"), "Topic/t"))))
                .containsExactly("BND-CYCLE Topic/t");
        assertThat(codes(read(dependingOn(topic("t"), "Topic/t")))).containsExactly("BND-CYCLE Topic/t");
    }

    private static Value.Obj dependingOn(Value.Obj manifest, String... titles) {
        var named = Value.array(Stream.of(titles).map(Value::of).toList());
        return with(manifest, "metadata", with((Value.Obj) manifest.get("metadata"), "dependsOn", named));
    }
}
