package dev.migrator.core.settings;

import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The rules of one environment at work. Remembers what it was asked; not thread-safe. */
final class Names {
    /** What a name becomes, and by which rule. */
    record Hit(String name, MappingRule rule) {}

    private record Asked(String field, String kind, String name) {}

    private final List<MappingRule> rules;
    private final Set<String> mustMatch = new TreeSet<>();
    private final Map<Asked, Optional<Hit>> answers = new HashMap<>();

    /** @param mappings of one environment, in the order of their names */
    Names(List<Mapping> mappings) {
        this.rules =
                mappings.stream().flatMap(mapping -> mapping.rules().stream()).toList();
        mappings.forEach(mapping -> mustMatch.addAll(mapping.mustMatch()));
    }

    boolean isEmpty() {
        return rules.isEmpty() && mustMatch.isEmpty();
    }

    boolean mustMatch(String field) {
        return mustMatch.contains(field);
    }

    /**
     * @param kind empty for a name of no kind in particular
     * @return empty when no rule matches: the name stays as it is
     * @throws ProblemException with code {@code MAP-COSTLY}
     */
    Optional<Hit> of(String field, String kind, String name) {
        var asked = new Asked(field, kind, name);
        var known = answers.get(asked);
        if (known == null) {
            known = rules.stream()
                    .filter(rule -> rule.isFor(field, kind))
                    .flatMap(rule -> rule.match().match(name).stream()
                            .map(match -> new Hit(rule.to().of(match), rule)))
                    .findFirst();
            answers.put(asked, known);
        }
        return known;
    }

    /** What the examples say that does not come true. */
    List<Finding> wrongExamples() {
        var findings = new ArrayList<Finding>();
        for (var rule : rules) {
            boolean reached = false;
            for (var example : rule.examples()) {
                try {
                    var hit = of(rule.field(), rule.kind().orElse(""), example.given());
                    reached |= hit.filter(it -> it.rule().title().equals(rule.title()))
                            .isPresent();
                    var found = hit.map(Hit::name).orElse(example.given());
                    if (!found.equals(example.expect())) {
                        findings.add(wrong(rule, example, hit));
                    }
                } catch (ProblemException e) {
                    findings.add(rule.document().error(example.pointer(), e.problem()));
                    reached = true;
                }
            }
            if (!reached) {
                findings.add(untested(rule));
            }
        }
        return findings;
    }

    private static Finding wrong(MappingRule rule, MappingRule.Example example, Optional<Hit> hit) {
        return rule.document()
                .error(
                        example.pointer(),
                        Problem.of("MAP-EXAMPLE", "an example of a mapping rule does not come true")
                                .expected(Scalars.brief(example.expect()) + " for " + Scalars.brief(example.given()))
                                .found(hit.map(it -> Scalars.brief(it.name()) + ", by "
                                                + it.rule().title())
                                        .orElse("no rule that matches"))
                                .todo("correct the rule, or the example"));
    }

    private static Finding untested(MappingRule rule) {
        return rule.document()
                .error(
                        rule.pointer() + "/examples",
                        Problem.of("MAP-UNTESTED", "no example of a mapping rule is decided by it")
                                .expected("at least one example that the rule matches, and no rule before it")
                                .found("none")
                                .todo("add one, or move the rule up"));
    }
}
