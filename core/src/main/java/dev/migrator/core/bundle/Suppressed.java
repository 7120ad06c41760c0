package dev.migrator.core.bundle;

import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.Resource;
import dev.migrator.core.model.Suppression;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A finding that the manifest of its resource does not want to hear of: it stops nothing and warns nobody, and is never
 * lost.
 *
 * @param finding as it would be without the suppression
 * @param uid of the resource that it is about
 * @param title of that resource, {@code Kind/name}
 * @param place of the suppression
 */
public record Suppressed(Finding finding, String uid, String title, Suppression suppression, Resource.Source place)
        implements Comparable<Suppressed> {
    /** What is left of findings and suppressed ones on a day. */
    public record Judged(List<Finding> findings, List<Suppressed> suppressed) {}

    /**
     * Brings back what is suppressed until an earlier day, and says so. The day comes from outside: reading a bundle gives
     * the same on every day.
     *
     * @param day in UTC
     */
    public static Judged on(LocalDate day, List<Finding> findings, List<Suppressed> suppressed) {
        var shown = new ArrayList<>(findings);
        var still = new ArrayList<Suppressed>();
        for (var one : suppressed) {
            if (one.suppression.holdsOn(day)) {
                still.add(one);
            } else {
                shown.add(one.finding);
                shown.add(one.expired());
            }
        }
        return new Judged(shown.stream().distinct().sorted().toList(), still);
    }

    private Finding expired() {
        return Finding.warning(Problem.of("SUP-EXPIRED", "a suppression holds no more")
                        .about(title + ", " + suppression.rule())
                        .expected("a day that is not over")
                        .found("until " + suppression.until().orElseThrow())
                        .todo("correct what the rule finds, or write another day"))
                .at(place.file(), place.line());
    }

    @Override
    public int compareTo(Suppressed other) {
        return Comparator.comparing(Suppressed::finding)
                .thenComparing(Suppressed::uid)
                .compare(this, other);
    }
}
