package dev.migrator.core.settings;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Bake;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.Notes;
import dev.migrator.core.model.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads rollouts of the right shape. */
final class RolloutReader {
    private final Document document;
    private final List<Finding> findings;

    RolloutReader(Document document, List<Finding> findings) {
        this.document = document;
        this.findings = findings;
    }

    Rollout read() {
        var spec = document.spec();
        var environments = new TreeSet<String>();
        Specs.items(spec, "environments").forEach(name -> environments.add(Scalars.text(name)));
        var stages = new ArrayList<Rollout.Stage>();
        var names = new TreeSet<>(List.of(Rollout.REST));
        var written = Specs.items(spec, "phases");
        for (int i = 0; i < written.size(); i++) {
            var phase = (Value.Obj) written.get(i);
            var pointer = Notes.under("/spec/phases", String.valueOf(i));
            var name = Specs.text(phase, "name").orElseThrow();
            if (!names.add(name)) {
                error(
                        Notes.under(pointer, "name"),
                        Problem.of("ROL-PHASE", "a phase of a rollout has no name of its own")
                                .expected("each name once, and none of them " + Rollout.REST)
                                .found(name)
                                .todo("give it another name; " + Rollout.REST + " is what no phase selects"));
            }
            stage(name, phase, pointer).ifPresent(stages::add);
        }
        return new Rollout(document.name(), environments, stages, bake(Specs.object(spec, Rollout.REST)));
    }

    private Optional<Rollout.Stage> stage(String name, Value.Obj phase, String pointer) {
        var select = Specs.object(phase, "select");
        var place = Notes.under(pointer, "select");
        var labels = new TreeMap<String, String>();
        Specs.object(select, "labels").fields().forEach((label, value) -> labels.put(label, Scalars.text(value)));
        var resources = new TreeSet<String>();
        Specs.items(select, "resources").forEach(title -> resources.add(Scalars.text(title)));
        if (labels.isEmpty() == resources.isEmpty()) {
            error(
                    place,
                    Problem.of("ROL-SELECT", "a phase of a rollout does not say what it selects")
                            .expected("labels or resources")
                            .found(labels.isEmpty() ? "none of them" : "both")
                            .todo("name labels, or name resources; use two phases for both"));
            return Optional.empty();
        }
        return Optional.of(new Rollout.Stage(
                name,
                labels.isEmpty() ? Optional.empty() : Optional.of(new LabelSelector(labels)),
                resources,
                bake(phase),
                document.place(place)));
    }

    private static Bake bake(Value.Obj holder) {
        return Specs.text(holder, "bake").map(Bake::parse).orElse(Bake.NONE);
    }

    private void error(String pointer, Problem problem) {
        findings.add(document.error(pointer, problem));
    }
}
