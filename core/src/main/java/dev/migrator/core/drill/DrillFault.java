package dev.migrator.core.drill;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What goes wrong in a drill while a plan is applied. Whatever it is, all of the plan is undone afterwards. */
public enum DrillFault {
    /** The worker ends in the middle of a call, which has taken effect in part; another goes on with its journal. */
    CRASH("the worker ends in the middle of a call; another one goes on with its journal"),
    /** The same, and the journal is gone with the machine. */
    TAKEOVER("the worker ends in the middle of a call, and its journal is lost; another one goes on"),
    /** A call takes effect, and its answer never comes. */
    LOST_ANSWER("a call takes effect, and its answer is lost"),
    /** The target refuses an entry for good, after others were written. */
    REFUSAL("the target refuses an entry"),
    /** The target answers no call for longer than a worker is patient, and then it does again. */
    OUTAGE("the target does not answer for a while"),
    /** All goes well until everything is applied; then what watches production says no. */
    ANOMALY("everything is applied, and then judged bad");

    private final String words;

    DrillFault(String words) {
        this.words = words;
    }

    /** As people write it: {@code lost-answer}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What happens, in a sentence without a subject of its own. */
    public String words() {
        return words;
    }

    /** Empty if there is no such fault. */
    public static Optional<DrillFault> labelled(String label) {
        return Arrays.stream(values())
                .filter(fault -> fault.label().equals(label))
                .findFirst();
    }

    /** @throws ProblemException {@code DRL-FAULT} if there is no such fault */
    public static DrillFault named(String label) {
        return labelled(label)
                .orElseThrow(() -> new ProblemException(Problem.of("DRL-FAULT", "there is no such fault to drill")
                        .expected("one of " + String.join(", ", labels()))
                        .found(label)
                        .todo("correct the name, or leave it out for one by chance")));
    }

    public static List<String> labels() {
        return Arrays.stream(values()).map(DrillFault::label).toList();
    }

    /** One of them by chance; the same for the same request, so that a drill can be done again as it was. */
    public static DrillFault drawn(String request) {
        return values()[number(request + "/fault", values().length)];
    }

    /**
     * Which operation it hits, drawn like the fault.
     *
     * @param operations at least 1
     * @return from 0, less than {@code operations}
     */
    public static int hit(String request, int operations) {
        return number(request + "/operation", operations);
    }

    private static int number(String seed, int below) {
        return (int) (Long.parseLong(Digest.ofText(seed).hex().substring(0, 15), 16) % below);
    }
}
