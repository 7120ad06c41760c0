package dev.migrator.core.bundle;

import static dev.migrator.core.bundle.TestManifests.codes;
import static dev.migrator.core.bundle.TestManifests.topic;
import static dev.migrator.core.bundle.TestSettings.overlay;
import static dev.migrator.core.bundle.TestSettings.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** As many patches as an overlay can have, on as many resources: time must not grow with their product. */
class ManyPatchesTest {
    private static final int MANY = 10_000;

    /** Of processor time: a comparison of each with each takes minutes. */
    private static final Duration BEARABLE = Duration.ofSeconds(20);

    @Test
    void tenThousandPatchesOnTenThousandTopicsByName() {
        var bundle = read(i -> "{'kind':'Topic','name':'t" + i + "'}").bundle().orElseThrow();

        assertThat(spec(bundle.resolve("production"), "Topic/t77")).contains("'partitions':77");
    }

    @Test
    void tenThousandPatchesByTheBeginningOfTheName() {
        var bundle = read(i -> "{'name':'t" + i + "*x'}", i -> "t" + i + ".x")
                .bundle()
                .orElseThrow();

        assertThat(spec(bundle.resolve("production"), "Topic/t9999.x")).contains("'partitions':9999");
    }

    @Test
    void whatHasToLookAtEverythingForEachPatchIsRefused() {
        assertThat(codes(read(i -> "{'name':'*" + i + "'}")))
                .singleElement()
                .asString()
                .startsWith("OVL-TOO-BROAD Overlay/production, spec.patches.");
    }

    private static BundleReader.Result read(IntFunction<String> select) {
        return read(select, i -> "t" + i);
    }

    private static BundleReader.Result read(IntFunction<String> select, IntFunction<String> name) {
        List<Value.Obj> manifests = new ArrayList<>();
        for (int i = 1; i <= MANY; i++) {
            manifests.add(topic(name.apply(i)));
        }
        var patches = IntStream.rangeClosed(1, MANY)
                .mapToObj(i -> "{'select':" + select.apply(i) + ",'patch':{'spec':{'partitions':" + i + "}}}")
                .collect(Collectors.joining(",", "[", "]"));
        manifests.add(overlay("production", "{}", patches));

        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        var result = BundleReader.read(Value.array(manifests));
        var spent = Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before);

        assertThat(spent).isLessThan(BEARABLE);
        return result;
    }
}
