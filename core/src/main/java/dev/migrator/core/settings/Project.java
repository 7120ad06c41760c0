package dev.migrator.core.settings;

import dev.migrator.core.model.Resource;
import java.util.List;
import java.util.Optional;

/**
 * Who owns what.
 *
 * @param name as resources name it in {@code metadata.project}
 * @param repository where its manifests are kept, empty when not said
 * @param owns addresses that are its own; no other project may have a resource there, and it has none elsewhere
 * @param approvers name of the group that approves its changes
 * @param pruning whether what it owns and no longer asks for is taken away
 * @param source where it is declared; never part of a digest
 */
public record Project(
        String name,
        Optional<String> repository,
        List<Owned> owns,
        Optional<String> approvers,
        boolean pruning,
        Limits limits,
        Resource.Source source) {
    /**
     * Most deletes of one migration.
     *
     * @param maxDeletes in number, 0 to 1,000,000
     * @param maxDeletePercent in percent of the project's entries, 0 to 100
     */
    public record Limits(Optional<Integer> maxDeletes, Optional<Integer> maxDeletePercent) {
        public static final Limits NONE = new Limits(Optional.empty(), Optional.empty());
    }

    public Project {
        owns = List.copyOf(owns);
    }

    Project owning(List<Owned> others) {
        return new Project(name, repository, others, approvers, pruning, limits, source);
    }
}
