package dev.migrator.policy;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Environment;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** All policies that are in force somewhere, ready to judge. Immutable and thread-safe; the same input, the same answer. */
public final class Policies {
    /** Nobody asks for anything: for where only the environment's own protection counts. */
    public static final Policies NONE = new Policies(List.of());

    private final List<CompiledRule> rules;

    Policies(List<CompiledRule> rules) {
        this.rules = List.copyOf(rules);
    }

    List<CompiledRule> rules() {
        return rules;
    }

    /** In the order in which they are heard. */
    public List<String> names() {
        return rules.stream().map(compiled -> compiled.rule().name()).toList();
    }

    /** Environments that policies are limited to by name. */
    public SortedSet<String> environments() {
        var names = new TreeSet<String>();
        rules.forEach(compiled -> names.addAll(compiled.rule().environments()));
        return names;
    }

    /** Of what is in force there: part of a plan's bytes, so that an approval under other rules does not count. */
    public Digest digest(Environment environment) {
        return Digest.of(Value.array(rules.stream()
                .map(CompiledRule::rule)
                .filter(rule -> rule.isInForce(environment))
                .map(PolicyRule::toValue)
                .toList()));
    }

    /** @param timeIsUp asked again and again; once it says so, what is not judged yet counts as refused */
    public Judgement judge(Subject subject, Instant now, BooleanSupplier timeIsUp) {
        return judge(subject, now, timeIsUp, _ -> true);
    }

    private Judgement judge(Subject subject, Instant now, BooleanSupplier timeIsUp, Predicate<CompiledRule> which) {
        var asked = rules.stream()
                .filter(compiled -> compiled.rule().isInForce(subject.environment()))
                .filter(which)
                .toList();
        var judge = new Judge(asked, timeIsUp);
        var variables = new Variables(subject);
        var common = variables.common(now);
        if (isAnyOver(Over.RESOURCE, asked)) {
            subject.resources().forEach(resource -> judge.ask(Over.RESOURCE, Asked.about(resource, common)));
        }
        subject.planned().ifPresent(planned -> {
            if (isAnyOver(Over.CHANGE, asked)) {
                planned.plan()
                        .operations()
                        .forEach(operation -> judge.ask(Over.CHANGE, Asked.about(operation, variables, common)));
            }
            judge.ask(Over.PLAN, Asked.about(subject, common));
        });
        return judge.judgement();
    }

    private static boolean isAnyOver(Over over, List<CompiledRule> rules) {
        return rules.stream().anyMatch(compiled -> compiled.rule().over() == over);
    }

    /**
     * How long what {@link #judge} says now will hold. Policies that look at the time are asked again for every full
     * minute.
     *
     * @param atMost how far ahead to look, in whole minutes
     * @return empty if no policy in force there looks at the time
     */
    public Optional<Instant> holdsUntil(Subject subject, Instant now, Duration atMost, BooleanSupplier timeIsUp) {
        var looking = rules.stream()
                .filter(compiled -> compiled.rule().isInForce(subject.environment()))
                .anyMatch(CompiledRule::looksAtTime);
        if (!looking) {
            return Optional.empty();
        }
        var first = judge(subject, now, timeIsUp, CompiledRule::looksAtTime);
        var minute = now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        var end = now.plus(atMost);
        while (minute.isBefore(end)) {
            if (timeIsUp.getAsBoolean()
                    || !first.decidesAs(judge(subject, minute, timeIsUp, CompiledRule::looksAtTime))) {
                return Optional.of(minute);
            }
            minute = minute.plus(1, ChronoUnit.MINUTES);
        }
        return Optional.of(end);
    }

    /** These, and then those; one of the same name takes the place of one of these. */
    Policies and(Policies more, SortedSet<String> without) {
        var replaced = new TreeSet<>(more.names());
        replaced.addAll(without);
        var all = new ArrayList<>(rules.stream()
                .filter(compiled -> !replaced.contains(compiled.rule().name()))
                .toList());
        all.addAll(more.rules);
        return new Policies(all);
    }
}
