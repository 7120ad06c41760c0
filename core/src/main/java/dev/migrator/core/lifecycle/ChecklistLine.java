package dev.migrator.core.lifecycle;

import java.util.List;
import java.util.Optional;

/**
 * One line of a migration's checklist.
 *
 * @param name {@code plan-validated}, {@code snapshot-verified}, {@code approved}, {@code dry-run}, {@code
 *     rehearsed}, {@code drilled}, {@code monitoring-active}, {@code target-unchanged}, {@code undo-kit},
 *     {@code state-verified}, in this order
 * @param evidence in lines, the first one is the whole in short. For PASSED what a person can open (URI, digest, approver); for NOT_REQUIRED the policy rule; for
 *     MISSING what is waited for
 * @param links what can be opened, the nearest first; also of a line that is MISSING, if something is there already. None in
 *     statuses of older versions
 */
public record ChecklistLine(String name, Mark mark, String evidence, List<EvidenceLink> links) {
    /** Only {@link #PASSED} is shown with a tick. */
    public enum Mark {
        PASSED,
        NOT_REQUIRED,
        MISSING
    }

    public ChecklistLine {
        links = List.copyOf(links);
    }

    /** With nothing to open. */
    public ChecklistLine(String name, Mark mark, String evidence) {
        this(name, mark, evidence, List.of());
    }

    ChecklistLine linking(EvidenceLink... links) {
        return new ChecklistLine(name, mark, evidence, List.of(links));
    }

    ChecklistLine linking(Optional<EvidenceLink> link) {
        return new ChecklistLine(name, mark, evidence, link.stream().toList());
    }
}
