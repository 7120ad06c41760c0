package dev.migrator.policy;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.error.Finding.Severity;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One policy as it is written.
 *
 * @param environments names of those in which it is in force; empty for all
 * @param protection only environments of that protection
 * @param when it has anything to say; empty for always
 * @param message what is asked for, in a sentence for whoever is refused
 * @param found what was there instead, worked out once it refuses; empty for a standard text
 * @param line of the policies file in which it begins; never part of a digest
 */
record PolicyRule(
        String name,
        SortedSet<String> environments,
        Optional<Protection> protection,
        Over over,
        Optional<Expression> when,
        Demand demand,
        String message,
        Optional<Expression> found,
        Severity severity,
        int line) {
    /** What a policy asks for where it has something to say. */
    sealed interface Demand {
        /** Refuses unless it is true. */
        record Require(Expression condition) implements Demand {}

        /** Refuses if it is true. */
        record Deny(Expression condition) implements Demand {}

        /**
         * Lets it pass once so many people have approved.
         *
         * @param group that they have to be in; empty for anyone who may approve
         * @param groupFrom works the group out instead
         */
        record Approvals(int count, String group, Optional<Expression> groupFrom) implements Demand {}

        /** Lets it pass once it was rehearsed, if the condition is true. */
        record Rehearsal(Expression condition) implements Demand {}
    }

    PolicyRule {
        environments = Collections.unmodifiableSortedSet(new TreeSet<>(environments));
    }

    boolean isInForce(Environment environment) {
        return isInForce(environment.name(), environment.protection());
    }

    boolean isInForce(String environment, Protection itsProtection) {
        return (environments.isEmpty() || environments.contains(environment))
                && protection.stream().allMatch(itsProtection::equals);
    }

    /** Everything that decides or is told, without where it stands. */
    Value toValue() {
        var fields = new TreeMap<String, Value>();
        fields.put("name", Value.of(name));
        fields.put(
                "environments", Value.array(environments.stream().map(Value::of).toList()));
        fields.put("protection", protection.map(p -> Value.of(p.name())).orElse(Value.NULL));
        fields.put("over", Value.of(over.word()));
        fields.put("when", text(when));
        switch (demand) {
            case Demand.Require(var condition) -> fields.put("require", Value.of(condition.text()));
            case Demand.Deny(var condition) -> fields.put("deny", Value.of(condition.text()));
            case Demand.Rehearsal(var condition) -> fields.put("rehearsal", Value.of(condition.text()));
            case Demand.Approvals(var count, var group, var groupFrom) ->
                fields.put(
                        "approvals",
                        Value.object("count", Value.of(count), "group", Value.of(group), "groupFrom", text(groupFrom)));
        }
        fields.put("message", Value.of(message));
        fields.put("found", text(found));
        fields.put("severity", Value.of(severity.name().toLowerCase(Locale.ROOT)));
        return Value.object(fields);
    }

    private static Value text(Optional<Expression> expression) {
        return expression.map(e -> Value.of(e.text())).orElse(Value.NULL);
    }
}
