package dev.migrator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.localstack.server.Home;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class ManifestedTest {
    private final Manifested meta = Manifested.read(
            Home.find().root().resolve("examples").resolve("shop").resolve("meta"));

    @Test
    void eachEntryComesAfterThoseItNeeds() {
        var seen = new HashSet<>();
        for (var entry : meta.entries()) {
            assertThat(seen)
                    .containsAll(entry.dependsOn().stream()
                            .filter(needed -> meta.entries().stream()
                                    .anyMatch(other -> other.key().equals(needed)))
                            .toList());
            seen.add(entry.key());
        }
        assertThat(seen).hasSize(meta.wanted().size());
    }

    @Test
    void entriesCarryTheFieldsThatTheirManifestsManage() {
        var wanted = meta.wanted();

        assertThat(wanted.fields("topic shop.orders"))
                .containsEntry("partitions", "6")
                .containsEntry("config.retention.ms", "1209600000")
                .doesNotContainKey("config.segment.ms");
        assertThat(wanted.fields("artifact shop/Payment")).containsEntry("rule.COMPATIBILITY", "FULL");
        assertThat(wanted.names())
                .contains("version shop/Order@2", "acl ALLOW User:analytics READ on PREFIXED TOPIC shop. from *");
    }
}
