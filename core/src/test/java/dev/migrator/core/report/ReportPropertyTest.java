package dev.migrator.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.error.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Whatever is done to the file, it is found and named. */
class ReportPropertyTest {
    private static final byte[] REPORT = new Sample().bytes();

    @Test
    void theSameFactsAndObjectsMakeTheSameBytes() {
        assertThat(new Sample().bytes()).isEqualTo(REPORT);
        assertThat(Sample.check(REPORT).holds()).isTrue();
    }

    @Property(tries = 1_000)
    void anyByteThatChangesIsFound(@ForAll Random random) {
        var bytes = REPORT.clone();
        int at = random.nextInt(bytes.length);
        bytes[at] ^= (byte) (1 + random.nextInt(255));

        assertFound(bytes);
    }

    @Property(tries = 500)
    void theFileThatAByteChangedInIsNamed(@ForAll Random random) {
        var zip = StoredZipReader.open(Sample.source(REPORT));
        var file = any(random, zip.files().values());
        var bytes = REPORT.clone();
        bytes[(int) file.from() + random.nextInt(file.bytes())] ^= (byte) (1 + random.nextInt(255));

        assertThat(failures(Sample.check(bytes)))
                .extracting(Problem::thing)
                .anySatisfy(thing -> assertThat(thing).contains(file.name()));
    }

    @Property(tries = 500)
    void whatIsCutOffOrGoesOnIsFound(@ForAll Random random) {
        var cut = Arrays.copyOf(REPORT, random.nextInt(REPORT.length));
        assertThat(failures(Sample.check(cut))).extracting(Problem::code).containsAnyOf("RPT-TRUNCATED", "RPT-FORM");
        var longer = Arrays.copyOf(REPORT, REPORT.length + 1 + random.nextInt(9));
        assertThat(failures(Sample.check(longer))).extracting(Problem::code).containsExactly("RPT-FORM");
    }

    @Property(tries = 200)
    void aFileThatIsRemovedIsNamed(@ForAll Random random) {
        var files = new Repacked(REPORT);
        var name = any(random, files.files.keySet());
        files.files.remove(name);

        assertThat(failures(Sample.check(files.bytes()))).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo("RPT-FILE-MISSING");
            assertThat(problem.thing()).isEqualTo(name);
        });
    }

    @Property(tries = 200)
    void aFileThatIsAddedIsNamed(@ForAll Random random) {
        var files = new Repacked(REPORT);
        var order = new ArrayList<>(files.files.keySet());
        var name = "added-" + random.nextInt(100) + ".json";
        files.files.put(name, new byte[random.nextInt(100)]);
        order.add(random.nextInt(order.size() + 1), name);

        assertThat(failures(Sample.check(files.bytes(order)))).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo("RPT-FILE-ADDED");
            assertThat(problem.thing()).isEqualTo(name);
        });
    }

    @Property(tries = 200)
    void filesWhoseBytesAreSwappedAreNamedWithWhatIsInTheirPlace(@ForAll Random random) {
        var files = new Repacked(REPORT);
        var names = new ArrayList<>(files.files.keySet());
        names.removeAll(List.of(ReportRules.MANIFEST, ReportRules.SIGNATURE));
        Collections.shuffle(names, random);
        var one = names.get(0);
        var other = names.get(1);
        var bytes = files.files.get(one);
        if (Arrays.equals(bytes, files.files.get(other))) {
            return;
        }
        files.files.put(one, files.files.get(other));
        files.files.put(other, bytes);

        assertThat(failures(Sample.check(files.bytes())))
                .filteredOn(problem -> problem.code().equals("RPT-FILE-ALTERED"))
                .extracting(Problem::thing, Problem::found)
                .contains(
                        org.assertj.core.groups.Tuple.tuple(one, "the bytes of " + other),
                        org.assertj.core.groups.Tuple.tuple(other, "the bytes of " + one));
    }

    @Property(tries = 200)
    void filesInAnotherOrderAreFound(@ForAll Random random) {
        var files = new Repacked(REPORT);
        var order = new ArrayList<>(files.files.keySet());
        Collections.shuffle(order, random);
        if (order.equals(List.copyOf(files.files.keySet()))) {
            return;
        }

        assertThat(failures(Sample.check(files.bytes(order))))
                .extracting(Problem::code)
                .contains("RPT-FILE-ORDER");
    }

    @Property(tries = 300)
    void anythingElseIsNoReportAndReadsNoFurtherThanItIs(@ForAll byte[] bytes, @ForAll Random random) {
        assertFound(bytes);
        var begun = Arrays.copyOf(REPORT, REPORT.length);
        int from = random.nextInt(begun.length);
        random.nextBytes(bytes);
        System.arraycopy(bytes, 0, begun, from, Math.min(bytes.length, begun.length - from));
        if (!Arrays.equals(begun, REPORT)) {
            assertFound(begun);
        }
    }

    private static void assertFound(byte[] bytes) {
        var verdict = Sample.check(bytes);
        assertThat(verdict.holds()).isFalse();
        assertThat(failures(verdict)).isNotEmpty().allSatisfy(problem -> {
            assertThat(problem.code()).matches("(RPT|SNP|PLN|JSN)-.*");
            assertThat(problem.thing()).isNotEmpty();
        });
    }

    static List<Problem> failures(ReportVerdict verdict) {
        return verdict.lines().stream().flatMap(line -> line.problem().stream()).toList();
    }

    private static <T> T any(Random random, java.util.Collection<T> of) {
        Set<T> all = new HashSet<>(of);
        return all.stream()
                .sorted(java.util.Comparator.comparing(Object::toString))
                .skip(random.nextInt(all.size()))
                .findFirst()
                .orElseThrow();
    }
}
