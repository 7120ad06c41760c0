package dev.migrator.target.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.AclTuple;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Markers come and go; nobody but settling ever sees one. */
class SettlementTest {
    private static TargetWriter writer;
    private static Admin independent;

    @BeforeAll
    static void open() throws TargetException {
        writer = Entries.writer();
        independent = TestCluster.independentAdmin();
    }

    @AfterAll
    static void close() {
        writer.close();
        independent.close();
    }

    private static Set<String> markers() throws Exception {
        return independent.describeAcls(SettleMarker.ANY_ACL).values().get().stream()
                .map(Acls::tuple)
                .map(AclTuple::resourceName)
                .collect(Collectors.toSet());
    }

    private static SettleMarker leftBehind(Duration age) throws Exception {
        var marker = SettleMarker.at(Instant.now().minus(age));
        independent.createAcls(List.of(marker.acl())).all().get();
        return marker;
    }

    @Test
    void whatACrashedSettleLeftBehindIsRemovedAndWhatAnotherNeedsIsNot() throws Exception {
        var old = leftBehind(Duration.ofHours(2));
        var inUse = leftBehind(Duration.ofSeconds(5));
        Entries.settle(writer);

        // removed by this one at the latest, which sees what the first may not have seen yet
        Entries.settle(writer);
        Entries.settle(writer);

        assertThat(markers()).contains(inUse.name()).doesNotContain(old.name());
        independent.deleteAcls(List.of(inUse.acl().toFilter())).all().get();
    }

    @Test
    void aMarkerIsNeitherListedNorRead() throws Exception {
        var marker = leftBehind(Duration.ZERO);
        Entries.settle(writer);
        var key = KafkaHarness.acl(Acls.tuple(marker.acl()));

        try (var acls = writer.list(Kinds.ACL)) {
            assertThat(acls).noneMatch(found -> found.address().contains(SettleMarker.PREFIX));
        }
        assertThat(Entries.read(writer, key).exists()).isFalse();
        independent.deleteAcls(List.of(marker.acl().toFilter())).all().get();
    }

    @Test
    void whoLostTheRightToWriteDoesNotSettle() {
        assertThatThrownBy(() -> writer.settle(TestCluster.CALL_TIMEOUT, () -> {
                    throw new TargetException.Fenced(Problem.of("WRK-FENCED", "the lease is lost"));
                }))
                .isInstanceOf(TargetException.Fenced.class);
    }

    @Test
    void settlingAtOnceFromManyThreadsDoesNotDisturb() throws Exception {
        try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            var settles = java.util.stream.IntStream.range(0, 8)
                    .mapToObj(_ -> threads.submit(() -> {
                        writer.settle(TestCluster.CALL_TIMEOUT, WriteGuard.ALWAYS);
                        return true;
                    }))
                    .toList();
            for (var settle : settles) {
                assertThat(settle.get()).isTrue();
            }
        }
    }
}
