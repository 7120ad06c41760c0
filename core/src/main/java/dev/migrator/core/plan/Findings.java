package dev.migrator.core.plan;

import dev.migrator.core.error.Finding;
import dev.migrator.core.error.FindingCollector;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.Notes;
import dev.migrator.core.model.Resource;
import java.util.Collection;
import java.util.List;

/** What is noticed while planning, with the place of the manifest that it is about. */
final class Findings {
    /** Findings and warnings that are named; above that, the last one gives the count. */
    static final int MAX = 1_000;

    private final FindingCollector all = new FindingCollector(MAX);

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

    /** What its manifest does not want to hear of is not said. */
    void note(Resource resource, Notes.Note note) {
        var problem = note.problem();
        if (resource.suppression(problem.code()).isPresent()) {
            return;
        }
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
        return all.stops();
    }

    /** Ascending, each once; errors and codes with few findings first when there are too many. */
    List<Finding> bounded() {
        return all.bounded("PLN-MORE-FINDINGS");
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
