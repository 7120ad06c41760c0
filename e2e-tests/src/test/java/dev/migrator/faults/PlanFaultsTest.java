package dev.migrator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Mistakes that applying would run into, planned against a real broker and a real registry: each is refused with its
 * code before anything is approved, and nothing is written for it.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PlanFaultsTest {
    private static FaultBench bench;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() throws Exception {
        bench = FaultBench.open();
    }

    @AfterAll
    static void close() {
        if (bench != null) {
            bench.close();
        }
    }

    static Stream<Fault> faults() {
        return Stream.of(TopicFaults.all(), AclFaults.all(), SchemaFaults.all(), PlanningFaults.all())
                .flatMap(faults -> faults);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultIsRefusedWithItsCodeAndNothingIsWritten(Fault fault) throws Exception {
        var before = bench.everything();

        assertThat(bench.refusals(fault, folder)).containsExactly(fault.code());

        assertThat(bench.everything()).isEqualTo(before);
    }

    @Test
    void thereAreManyOfThemAndNoneIsToldTwice() {
        assertThat(faults()).hasSizeGreaterThan(60);
        assertThat(faults().map(Fault::what)).doesNotHaveDuplicates();
    }

    /** Otherwise the others could be refused for a reason that has nothing to do with them. */
    @Test
    void theSameWithoutAMistakeIsRefusedNothing() throws Exception {
        var good = new Fault(
                "none",
                "",
                Fault.Where.PRODUCTION,
                "admin",
                List.of(
                        Written.configured("retention.ms: 1000, cleanup.policy: compact"),
                        Written.changed("retention.ms: 1000"),
                        Written.rule("r", "User:a", "READ", "type: topic, name: faults.new"),
                        Written.avro(
                                "Order",
                                "2",
                                Written.record(Written.field("id", "\"string\"") + ","
                                        + Written.field("new", "\"string\"", "\"\""))),
                        Written.schema(
                                "Ping",
                                "2",
                                "PROTOBUF",
                                "syntax = \"proto3\"; message Ping { string id = 1; string more = 2; }",
                                "")));

        assertThat(bench.refusals(good, folder)).isEmpty();
    }
}
