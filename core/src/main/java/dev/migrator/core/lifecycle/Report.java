package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the worker and the verifier reported, added up.
 *
 * @param counts of the current direction: applying, or reverting once that began
 * @param problems at most {@value #MOST}
 * @param retained at most {@value #MOST}
 * @param differences at most {@value #MOST}
 */
record Report(
        WorkerAnswer.Counts counts,
        List<Problem> problems,
        List<String> retained,
        List<String> differences,
        Optional<String> outcomesUri,
        Optional<Digest> endHash) {
    static final int MOST = 100;
    private static final int LONGEST = 600;
    static final Report NONE =
            new Report(WorkerAnswer.Counts.NONE, List.of(), List.of(), List.of(), Optional.empty(), Optional.empty());

    Report {
        problems = List.copyOf(problems);
        retained = List.copyOf(retained);
        differences = List.copyOf(differences);
    }

    Report counting(WorkerAnswer answer) {
        return new Report(
                counts.plus(answer.counts()),
                problems,
                joined(retained, clipped(answer.retained())),
                differences,
                answer.outcomesUri().or(() -> outcomesUri),
                endHash);
    }

    /** What was counted is about to be counted anew. */
    Report uncounting(WorkerAnswer.Counts earlier) {
        return new Report(counts.minus(earlier), problems, retained, differences, outcomesUri, endHash);
    }

    Report with(List<Problem> more) {
        return new Report(
                counts,
                joined(problems, more.stream().map(Report::clipped).toList()),
                retained,
                differences,
                outcomesUri,
                endHash);
    }

    Report differing(List<String> more) {
        return new Report(counts, problems, retained, joined(differences, clipped(more)), outcomesUri, endHash);
    }

    /** What was counted while applying says nothing about what is undone. */
    Report startedOver() {
        return new Report(WorkerAnswer.Counts.NONE, problems, List.of(), List.of(), outcomesUri, endHash);
    }

    Report measured(Optional<Digest> hash) {
        return new Report(counts, problems, retained, differences, outcomesUri, hash);
    }

    Report differingOnly(List<String> all) {
        return new Report(counts, problems, retained, joined(List.of(), clipped(all)), outcomesUri, endHash);
    }

    /** What came from outside may be of any length; a status has to fit a message. */
    private static Problem clipped(Problem problem) {
        return new Problem(
                problem.code(),
                clipped(problem.message()),
                clipped(problem.thing()),
                clipped(problem.expected()),
                clipped(problem.found()),
                clipped(problem.todo()));
    }

    private static List<String> clipped(List<String> texts) {
        return texts.stream().map(Report::clipped).toList();
    }

    private static String clipped(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
        var all = new ArrayList<>(some);
        more.stream().filter(one -> !all.contains(one)).limit(MOST).forEach(all::add);
        return all.subList(0, Math.min(MOST, all.size()));
    }
}
