package dev.migrator.kit.topics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.kinds.ReservedTopics;
import org.junit.jupiter.api.Test;

/** What the services use is known to the rules about topic names. */
class OwnTopicsTest {
    @Test
    void everyTopicOfTheServicesIsKnownAsTheirOwn() {
        assertThat(Topics.ALL)
                .isNotEmpty()
                .allSatisfy(topic -> assertThat(ReservedTopics.isOwn(topic.name()))
                        .as(topic.name())
                        .isTrue());
        assertThat(ReservedTopics.isOwn(Topics.LIFECYCLE_APPLICATION + "-migrations-changelog"))
                .isTrue();
        assertThat(ReservedTopics.isOwn("migration.of-birds")).isFalse();
    }
}
