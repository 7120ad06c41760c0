package dev.migrator.core.bundle;

import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.Desired;
import dev.migrator.core.kinds.DesiredEntry;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.kinds.Notes;
import dev.migrator.core.model.Resource;
import dev.migrator.core.settings.Project;
import dev.migrator.core.settings.Projects;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Each address has one owner: projects may not claim the same, nor may a resource stand where another one owns. */
final class ProjectClaims {
    private ProjectClaims() {}

    static List<Finding> overlaps(Projects projects) {
        return projects.overlaps().stream()
                .map(overlap -> Finding.error(Problem.of("PRJ-OVERLAP", "two projects own the same addresses")
                                .about("Project/" + overlap.second().name() + ", " + overlap.secondOwned())
                                .expected("addresses that no other project owns")
                                .found("Project/" + overlap.first().name() + " owns "
                                        + overlap.firstOwned().pattern())
                                .todo("name them more narrowly in one of the two"))
                        .at(
                                overlap.second().source().file(),
                                overlap.second().source().line()))
                .toList();
    }

    static List<Desired.Remark> remarks(Kinds kinds, Projects projects, Desired desired) {
        if (projects.isEmpty()) {
            return List.of();
        }
        // one remark for each resource, however many entries it becomes
        var first = new TreeMap<String, Desired.Remark>();
        desired.entries()
                .values()
                .forEach(entry -> problem(kinds, projects, entry)
                        .ifPresent(problem ->
                                first.putIfAbsent(entry.resource().uid(), remark(entry.resource(), problem))));
        return new ArrayList<>(first.values());
    }

    private static Optional<Problem> problem(Kinds kinds, Projects projects, DesiredEntry entry) {
        var project = entry.resource().project();
        var owner = projects.ownerOf(kinds, entry.key());
        var name = kinds.ofEntry(entry.key().kind()).ownedName(entry.key());
        if (owner.isPresent() && !owner.get().name().equals(project)) {
            return Optional.of(Problem.of("PRJ-FOREIGN", "a resource stands where another project owns")
                    .expected("an address that project " + project + " may use")
                    .found(name + ", which project " + owner.get().name() + " owns")
                    .todo("move the resource to project " + owner.get().name() + ", or give it another address"));
        }
        return owner.isEmpty() && projects.find(project).isPresent()
                ? Optional.of(Problem.of("PRJ-OUTSIDE", "a resource stands outside of what its project owns")
                        .expected(owned(
                                projects.find(project).get(), entry.resource().kind()))
                        .found(name)
                        .todo("add a pattern to spec.owns of Project/" + project + ", or give it another address"))
                : Optional.empty();
    }

    private static String owned(Project project, String kind) {
        var patterns = project.owns().stream()
                .filter(owned -> owned.kind().equals(kind))
                .map(owned -> owned.pattern())
                .limit(20)
                .toList();
        return patterns.isEmpty()
                ? "a pattern for kind " + kind + " in spec.owns of Project/" + project.name()
                : String.join(" or ", patterns);
    }

    private static Desired.Remark remark(Resource resource, Problem problem) {
        var notes = new Notes();
        notes.error("", problem);
        return new Desired.Remark(resource, notes.all().getFirst());
    }
}
