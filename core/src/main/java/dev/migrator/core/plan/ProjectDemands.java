package dev.migrator.core.plan;

import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.inventory.KnownEntry;
import dev.migrator.core.kinds.Desired;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.settings.Project;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What projects ask of changes to what is theirs: how much may go at once, and who approves. It only ever adds to what
 * the environment and its policies ask, as whoever writes the bundle writes this as well.
 */
final class ProjectDemands {
    private final PlanInput input;
    private final Desired desired;
    private final Collection<Step> steps;

    ProjectDemands(PlanInput input, Desired desired, Collection<Step> steps) {
        this.input = input;
        this.desired = desired;
        this.steps = steps;
    }

    /** One for each limit that the plan exceeds. */
    List<Finding> exceeded() {
        return input.projects().all().stream()
                .filter(project -> !project.limits().equals(Project.Limits.NONE))
                .flatMap(project -> exceeded(project).stream())
                .toList();
    }

    private Optional<Finding> exceeded(Project project) {
        var deleted = new HashSet<EntryKey>();
        steps.stream().filter(Step::deletes).filter(step -> is(step, project)).forEach(step -> deleted.add(step.key()));
        if (deleted.isEmpty()) {
            return Optional.empty();
        }
        int all = entries(project, deleted).size();
        var most = project.limits().maxDeletes().filter(limit -> deleted.size() > limit);
        // whole numbers: a share of a hundredth too much is too much
        var share = project.limits().maxDeletePercent().filter(limit -> deleted.size() * 100L > (long) limit * all);
        return most.map(limit -> "at most " + limit + " in one migration")
                .or(() -> share.map(limit -> "at most " + limit + " % of its entries in one migration"))
                .map(expected -> Finding.error(
                                Problem.of("PRJ-LIMIT", "the plan deletes more of a project than the project allows")
                                        .about("project " + project.name())
                                        .expected(expected)
                                        .found(deleted.size() + " of " + all + " entries")
                                        .todo("delete them in several migrations, or raise spec.limits of the project"))
                        .at(project.source().file(), project.source().line()));
    }

    /** What it is known to have, and what the bundle says that it has. */
    private Set<EntryKey> entries(Project project, Set<EntryKey> deleted) {
        var entries = new HashSet<>(deleted);
        input.inventory()
                .live()
                .filter(known -> known.project().equals(project.name()))
                .map(KnownEntry::key)
                .forEach(entries::add);
        desired.entries().values().stream()
                .filter(entry -> entry.resource().project().equals(project.name()))
                .filter(entry -> !entry.absent())
                .forEach(entry -> entries.add(entry.key()));
        return entries;
    }

    /** Of a protected environment: one of its own for each project whose entries change. */
    List<ApprovalNeed> approvals(Environment environment) {
        return environment.protection() == Protection.PROTECTED
                ? input.projects().all().stream()
                        .filter(project -> steps.stream().anyMatch(step -> is(step, project)))
                        .flatMap(project -> project.approvers().stream()
                                .map(group -> new ApprovalNeed(1, group, "project " + project.name())))
                        .toList()
                : List.of();
    }

    private static boolean is(Step step, Project project) {
        return step.entry().resource().project().equals(project.name());
    }
}
