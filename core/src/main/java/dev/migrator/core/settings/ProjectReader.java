package dev.migrator.core.settings;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.kinds.Notes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads projects of the right shape. */
final class ProjectReader {
    private final Kinds kinds;
    private final Document document;
    private final List<Finding> findings;

    ProjectReader(Kinds kinds, Document document, List<Finding> findings) {
        this.kinds = kinds;
        this.document = document;
        this.findings = findings;
    }

    Project read() {
        var spec = document.spec();
        var owns = new ArrayList<Owned>();
        var written = Specs.items(spec, "owns");
        for (int i = 0; i < written.size(); i++) {
            owned((Value.Obj) written.get(i), Notes.under("/spec/owns", String.valueOf(i)))
                    .ifPresent(owns::add);
        }
        var limits = Specs.object(spec, "limits");
        return new Project(
                document.name(),
                Specs.text(spec, "repository"),
                owns,
                Specs.text(spec, "approvers"),
                spec.get("pruning").equals(Value.of(true)),
                new Project.Limits(Specs.whole(limits, "maxDeletes"), Specs.whole(limits, "maxDeletePercent")),
                document.place(""));
    }

    private Optional<Owned> owned(Value.Obj written, String pointer) {
        var kind = Specs.text(written, "kind").orElseThrow();
        var targetType = kinds.find(kind).orElseThrow().targetType();
        var target = Specs.text(written, "target").orElse(targetType);
        var pattern = Specs.text(written, "pattern").orElseThrow();
        if (targetType.isEmpty()) {
            return refused(
                    Notes.under(pointer, "kind"),
                    Problem.of("PRJ-KIND", "nothing of this kind stands in a target, so nobody can own it")
                            .expected("a kind with entries in a target")
                            .found(kind));
        }
        if (!target.equals(targetType)) {
            return refused(
                    Notes.under(pointer, "target"),
                    Problem.of("PRJ-TARGET", "a kind is not one of this type of target")
                            .expected(targetType + " for kind " + kind)
                            .found(target));
        }
        if (pattern.indexOf('*') >= 0 && pattern.indexOf('*') < pattern.length() - 1) {
            return refused(
                    Notes.under(pointer, "pattern"),
                    Problem.of("PRJ-PATTERN", "a pattern has a * elsewhere than at its end")
                            .expected("an address, or the beginning of addresses and then *")
                            .found(Scalars.brief(pattern)));
        }
        return Optional.of(Owned.of(targetType, kind, pattern));
    }

    private Optional<Owned> refused(String pointer, Problem problem) {
        findings.add(document.error(pointer, problem));
        return Optional.empty();
    }
}
