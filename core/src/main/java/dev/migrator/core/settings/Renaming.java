package dev.migrator.core.settings;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.kinds.Mappable;
import dev.migrator.core.kinds.Neighbours;
import dev.migrator.core.kinds.Notes;
import dev.migrator.core.model.Placeholders;
import dev.migrator.core.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts the real names and settings of resources through the rules of one environment. */
final class Renaming {
    /**
     * @param spec with what the rules make of it
     * @param places where the rules stand that decided, by JSON pointer in the manifest
     */
    record Renamed(Value.Obj spec, Map<String, Resource.Source> places, List<Substitution.ProblemAt> problems) {}

    private final Kinds kinds;
    private final Names names;
    private final Neighbours around;

    /** @param around all resources, under their names before any rule */
    Renaming(Kinds kinds, Names names, Neighbours around) {
        this.kinds = kinds;
        this.names = names;
        this.around = around;
    }

    Renamed of(Resource resource) {
        var spec = resource.spec();
        var places = new TreeMap<String, Resource.Source>();
        var problems = new ArrayList<Substitution.ProblemAt>();
        for (var mappable : kinds.find(resource.kind()).orElseThrow().mappable(known(resource), around)) {
            try {
                var hit = names.of(mappable.field(), mappable.kind(), mappable.value());
                if (hit.isEmpty() && names.mustMatch(mappable.field())) {
                    problems.add(new Substitution.ProblemAt(mappable.pointer(), unmatched(mappable)));
                } else if (hit.isPresent() && !hit.get().name().equals(mappable.value())) {
                    spec = mappable.write().apply(spec, hit.get().name());
                    var rule = hit.get().rule();
                    places.put(mappable.pointer(), rule.document().place(rule.pointer()));
                }
            } catch (ProblemException e) {
                problems.add(new Substitution.ProblemAt(mappable.pointer(), e.problem()));
            }
        }
        return new Renamed((Value.Obj) secrets(spec, "/spec", resource.kind(), places, problems), places, problems);
    }

    /** Of what is let go of no more than its address has to be there. */
    private static Resource known(Resource resource) {
        return resource.unmanaged() ? resource.asAbsent() : resource;
    }

    private Value secrets(
            Value value,
            String pointer,
            String kind,
            Map<String, Resource.Source> places,
            List<Substitution.ProblemAt> problems) {
        return switch (value) {
            case Value.Text(var text) when Placeholders.isSecret(text) -> secret(text, pointer, kind, places, problems);
            case Value.Arr(var items) -> {
                var changed = new ArrayList<Value>(items.size());
                for (int i = 0; i < items.size(); i++) {
                    var place = Notes.under(pointer, String.valueOf(i));
                    changed.add(secrets(items.get(i), place, kind, places, problems));
                }
                yield Value.array(changed);
            }
            case Value.Obj(var fields) -> {
                var changed = new TreeMap<String, Value>();
                fields.forEach((name, field) ->
                        changed.put(name, secrets(field, Notes.under(pointer, name), kind, places, problems)));
                yield Value.object(changed);
            }
            default -> value;
        };
    }

    private Value secret(
            String text,
            String pointer,
            String kind,
            Map<String, Resource.Source> places,
            List<Substitution.ProblemAt> problems) {
        try {
            var name = Placeholders.secretName(text);
            var hit = names.of(Mappable.SECRET, kind, name);
            if (hit.isEmpty()) {
                return Value.of(text);
            }
            var renamed = Placeholders.secret(hit.get().name());
            Placeholders.parse(renamed);
            places.put(
                    pointer, hit.get().rule().document().place(hit.get().rule().pointer()));
            return Value.of(renamed);
        } catch (ProblemException e) {
            problems.add(new Substitution.ProblemAt(pointer, e.problem()));
            return Value.of(text);
        }
    }

    private static Problem unmatched(Mappable mappable) {
        return Problem.of("MAP-UNMATCHED", "no rule says what a name is in this environment")
                .expected("a rule for every " + mappable.field() + ", as mustMatch asks")
                .found(Scalars.brief(mappable.value()))
                .todo("add a rule, or one that keeps it: match it and map it to itself");
    }
}
