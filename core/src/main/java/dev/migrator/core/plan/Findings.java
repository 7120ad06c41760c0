package dev.migrator.core.plan;

import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.Notes;
import dev.migrator.core.model.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** What is noticed while planning, with the place of the manifest that it is about. */
final class Findings {
    /** Findings and warnings that are named; above that, the last one gives the count. */
    static final int MAX = 1_000;

    private final List<Finding> all = new ArrayList<>();

    void add(Finding finding) {
        all.add(finding);
    }

    void addAll(Collection<Finding> findings) {
        all.addAll(findings);
    }

    void stop(Resource resource, Problem problem) {
        all.add(located(resource, Finding.error(problem)));
    }

    void warn(Resource resource, Problem problem) {
        all.add(located(resource, Finding.warning(problem)));
    }

    void note(Resource resource, Notes.Note note) {
        var problem = note.problem();
        if (problem.thing().isEmpty()) {
            var path = Notes.path(note.pointer());
            problem = problem.about(path.isEmpty() ? resource.title() : resource.title() + ", " + path);
        }
        all.add(located(resource, new Finding(note.severity(), problem, "", 0)));
    }

    private static Finding located(Resource resource, Finding finding) {
        return finding.at(resource.source().file(), resource.source().line());
    }

    boolean stops() {
        return all.stream().anyMatch(Finding::stops);
    }

    /** Ascending, each once. */
    List<Finding> bounded() {
        var sorted = all.stream().distinct().sorted().toList();
        if (sorted.size() <= MAX) {
            return sorted;
        }
        // errors first: a cut must not hide that the plan stops
        var first = new ArrayList<>(sorted.stream()
                .sorted(Comparator.comparing(Finding::severity))
                .limit(MAX)
                .sorted()
                .toList());
        first.add(new Finding(
                first.getFirst().severity(),
                Problem.of("PLN-MORE-FINDINGS", "there are more findings than are shown")
                        .found((sorted.size() - MAX) + " more"),
                "",
                0));
        return first;
    }

    /** A warning in one line, for the plan. */
    static String sentence(Finding warning) {
        var problem = warning.problem();
        if (problem.code().equals("PLN-CAUTION")) {
            return problem.message();
        }
        return (problem.thing().isEmpty() ? "" : problem.thing() + ": ")
                + problem.message()
                + (problem.found().isEmpty() ? "" : ", found " + problem.found());
    }
}
