package dev.migrator.cli.command;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.LabelSelector;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Only a part of a bundle. */
final class SelectOption {
    @Option(
            names = "--select",
            paramLabel = "LABELS",
            description = "only resources with these labels, as in tier=canary,team=shop; nothing is pruned then")
    private String labels;

    /** @throws ProblemException {@code CLI-SELECT} if these are no labels */
    Optional<LabelSelector> selector() {
        try {
            return Optional.ofNullable(labels).map(LabelSelector::parse);
        } catch (IllegalArgumentException _) {
            throw new ProblemException(Problem.of("CLI-SELECT", "this selects nothing that there could be")
                    .about("--select")
                    .expected(LabelSelector.FORM)
                    .found(labels));
        }
    }

    boolean given() {
        return labels != null;
    }

    void into(Map<String, Value> request) {
        selector().ifPresent(selector -> request.put("selector", Value.of(selector.toString())));
    }
}
