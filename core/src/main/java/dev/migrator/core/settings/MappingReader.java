package dev.migrator.core.settings;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.KindRules;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.kinds.Mappable;
import dev.migrator.core.kinds.Notes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Reads mappings of the right shape. */
final class MappingReader {
    private final Kinds kinds;
    private final Document document;
    private final List<Finding> findings;

    MappingReader(Kinds kinds, Document document, List<Finding> findings) {
        this.kinds = kinds;
        this.document = document;
        this.findings = findings;
    }

    Mapping read() {
        var spec = document.spec();
        var rules = new ArrayList<MappingRule>();
        var written = Specs.items(spec, "rules");
        for (int i = 0; i < written.size(); i++) {
            rule((Value.Obj) written.get(i), Notes.under("/spec/rules", String.valueOf(i)))
                    .ifPresent(rules::add);
        }
        var mustMatch = new TreeSet<String>();
        Specs.items(spec, "mustMatch").forEach(field -> mustMatch.add(Scalars.text(field)));
        return new Mapping(document.name(), Specs.text(spec, "environment").orElseThrow(), rules, mustMatch);
    }

    private Optional<MappingRule> rule(Value.Obj written, String pointer) {
        var kind = Specs.text(written, "kind");
        var field = Specs.text(written, "field").orElseThrow();
        int before = findings.size();
        field(kind, field, Notes.under(pointer, "field"));
        var place = Notes.under(pointer, "match");
        try {
            var match = SafePattern.of(Specs.text(written, "match").orElseThrow());
            place = Notes.under(pointer, "to");
            var to = Replacement.of(Scalars.text(written.get("to")), match.groups());
            return findings.size() == before
                    ? Optional.of(
                            new MappingRule(kind, field, match, to, examples(written, pointer), document, pointer))
                    : Optional.empty();
        } catch (ProblemException e) {
            findings.add(document.error(place, e.problem()));
            return Optional.empty();
        }
    }

    private static List<MappingRule.Example> examples(Value.Obj rule, String pointer) {
        var examples = new ArrayList<MappingRule.Example>();
        var written = Specs.items(rule, "examples");
        for (int i = 0; i < written.size(); i++) {
            var example = (Value.Obj) written.get(i);
            examples.add(new MappingRule.Example(
                    Scalars.text(example.get("given")),
                    Scalars.text(example.get("expect")),
                    Notes.under(Notes.under(pointer, "examples"), String.valueOf(i))));
        }
        return examples;
    }

    private void field(Optional<String> kind, String field, String place) {
        var known = new TreeSet<String>();
        var ofKind = kind.<Collection<KindRules>>map(
                        name -> kinds.find(name).map(List::of).orElse(List.of()))
                .orElseGet(kinds::all);
        ofKind.forEach(rules -> known.addAll(rules.mappableFields()));
        known.add(Mappable.SECRET);
        boolean fits = known.stream()
                .anyMatch(name -> name.endsWith(".")
                        ? field.startsWith(name) && field.length() > name.length()
                        : field.equals(name));
        if (!fits) {
            findings.add(document.error(
                    place,
                    Problem.of("MAP-FIELD", "a rule maps a field that cannot be mapped")
                            .expected("one of "
                                    + String.join(
                                            ", ",
                                            known.stream()
                                                    .map(name -> name.endsWith(".") ? name + "<name>" : name)
                                                    .toList())
                                    + kind.map(name -> " for kind " + name).orElse(""))
                            .found(Scalars.brief(field))));
        }
    }
}
