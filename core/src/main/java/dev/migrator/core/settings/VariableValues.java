package dev.migrator.core.settings;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.Nearest;
import dev.migrator.core.model.Placeholders;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What each variable holds in one environment, or in none: what an overlay gives it, else its default. Both may name other
 * variables.
 */
final class VariableValues {
    /** Characters of one value, variables put in. */
    static final int LONGEST = 4_096;

    /** What a variable holds. */
    sealed interface Held {
        record Known(Value value) implements Held {}

        /** Neither an overlay nor a default gives it a value. */
        record Missing() implements Held {}

        /** It has a finding of its own; what uses it needs none. */
        record Broken() implements Held {}

        record Undeclared() implements Held {}
    }

    private record Given(Value value, Document document, String pointer) {}

    private final SortedMap<String, Variable> declared;
    private final Map<String, Given> given = new TreeMap<>();
    private final Map<String, Held> held = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    /** @param overlays of the environment, in the order of their names */
    VariableValues(SortedMap<String, Variable> declared, List<Overlay> overlays) {
        this.declared = declared;
        declared.values()
                .forEach(variable -> variable.fallback()
                        .ifPresent(value -> given.put(
                                variable.name(),
                                new Given(value, variable.document(), variable.pointer() + "/default"))));
        var setBy = new HashMap<String, Given>();
        overlays.forEach(overlay -> overlay.variables().forEach((name, value) -> set(overlay, name, value, setBy)));
        declared.keySet().forEach(name -> value(name, new LinkedHashSet<>()));
    }

    private void set(Overlay overlay, String name, Value value, Map<String, Given> setBy) {
        var place = new Given(value, overlay.document(), "/spec/variables/" + name);
        if (!declared.containsKey(name)) {
            findings.add(overlay.document().error(place.pointer(), undeclared(name, declared.keySet())));
            return;
        }
        var before = setBy.putIfAbsent(name, place);
        if (before == null) {
            given.put(name, place);
        } else if (!before.value().equals(value)) {
            findings.add(overlay.document()
                    .error(
                            place.pointer(),
                            Problem.of("OVL-CONFLICT", "two overlays of one environment set a variable differently")
                                    .expected(Scalars.shown(before.value()) + ", as in "
                                            + before.document().title())
                                    .found(Scalars.shown(value))
                                    .todo("set it in one of them")));
        }
    }

    List<Finding> findings() {
        return findings;
    }

    SortedMap<String, Variable> declared() {
        return declared;
    }

    Held get(String name) {
        return declared.containsKey(name) ? held.get(name) : new Held.Undeclared();
    }

    private Held value(String name, SequencedSet<String> under) {
        var known = held.get(name);
        if (known != null) {
            return known;
        }
        var found = judged(declared.get(name), under);
        held.put(name, found);
        return found;
    }

    private Held judged(Variable variable, SequencedSet<String> under) {
        var name = variable.name();
        var source = given.get(name);
        if (source == null) {
            return new Held.Missing();
        }
        if (under.contains(name)) {
            return broken(source, circle(name, under));
        }
        under.add(name);
        var computed = computed(source, under);
        under.remove(name);
        return computed instanceof Held.Known(var value)
                ? mismatch(variable, value)
                        .map(problem -> broken(source, problem))
                        .orElse(computed)
                : computed;
    }

    private Held computed(Given source, SequencedSet<String> under) {
        if (!(source.value() instanceof Value.Text(var text)) || Placeholders.isPlain(text)) {
            return new Held.Known(source.value());
        }
        try {
            var parts = Placeholders.parse(text);
            if (parts.size() == 1 && parts.getFirst() instanceof Placeholders.Part.Variable(var name)) {
                return used(name, source, under);
            }
            var out = new StringBuilder();
            int secrets = 0;
            for (var part : parts) {
                switch (part) {
                    case Placeholders.Part.Plain(var plain) -> out.append(plain);
                    case Placeholders.Part.Secret secret -> {
                        out.append(secret.text());
                        secrets++;
                    }
                    case Placeholders.Part.Variable(var name) -> {
                        if (!(used(name, source, under) instanceof Held.Known(var value))) {
                            return new Held.Broken();
                        }
                        secrets += Placeholders.secretsIn(Scalars.text(value));
                        out.append(Scalars.text(value));
                    }
                }
                if (out.length() > LONGEST) {
                    return broken(source, tooLong());
                }
            }
            if (Placeholders.secretsIn(out.toString()) != secrets) {
                return broken(source, Substitution.madeUpSecret());
            }
            return new Held.Known(Value.of(out.toString()));
        } catch (ProblemException e) {
            return broken(source, e.problem());
        }
    }

    /** What another variable holds; says so where it cannot be had. */
    private Held used(String name, Given source, SequencedSet<String> under) {
        if (!declared.containsKey(name)) {
            return broken(source, undeclared(name, declared.keySet()));
        }
        if (under.contains(name)) {
            return broken(source, circle(name, under));
        }
        return switch (value(name, under)) {
            case Held.Known known -> known;
            // whoever uses this one is told what is missing
            case Held.Missing missing -> missing;
            case Held.Broken broken -> broken;
            case Held.Undeclared undeclared -> undeclared;
        };
    }

    private static Optional<Problem> mismatch(Variable variable, Value value) {
        if (!variable.type().holds(value)) {
            return Optional.of(Problem.of("VAR-TYPE", "a variable holds a value of another type")
                    .expected(variable.type().like())
                    .found(Scalars.shown(value)));
        }
        if (Scalars.text(value).length() > LONGEST) {
            return Optional.of(tooLong());
        }
        return variable.allowed().isEmpty() || variable.allowed().contains(value)
                ? Optional.empty()
                : Optional.of(Problem.of("VAR-NOT-ALLOWED", "a variable holds a value that is not one of those allowed")
                        .expected("one of "
                                + variable.allowed().stream()
                                        .limit(20)
                                        .map(Scalars::shown)
                                        .collect(Collectors.joining(", ")))
                        .found(Scalars.shown(value)));
    }

    private static Problem tooLong() {
        return Problem.of("VAR-TOO-LONG", "a text is too long once its variables are put in")
                .expected("at most " + LONGEST + " characters in a variable")
                .found("more");
    }

    private static Problem circle(String name, SequencedSet<String> under) {
        var names = new ArrayList<>(under);
        var circle = new ArrayList<>(names.subList(names.indexOf(name), names.size()));
        circle.add(name);
        return Problem.of("VAR-CYCLE", "variables lead to each other in a circle")
                .expected("values without a way back")
                .found(String.join(" -> ", circle));
    }

    static Problem undeclared(String name, Collection<String> declared) {
        return Problem.of("VAR-UNDECLARED", "a variable is not declared")
                .expected("a variable of a Variables document")
                .found(name)
                .todo(Nearest.to(name, declared)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("declare it"));
    }

    private Held broken(Given source, Problem problem) {
        findings.add(source.document().error(source.pointer(), problem));
        return new Held.Broken();
    }
}
