package dev.migrator.core.model;

import dev.migrator.core.canonical.SortedFields;
import dev.migrator.core.canonical.Value;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One metadata entry as a manifest asks for it, before any environment is known.
 *
 * @param kind {@code Topic}, {@code Acl}, {@code Schema}, {@code SmokeCheck}
 * @param uid immutable identity; derived from project, kind and name unless written down
 * @param name logical name, the same in every environment
 * @param project owner; {@code default} with one team
 * @param labels for selection, e.g. {@code tier: canary}
 * @param absent the manifest asks for the entry to be gone ({@code state: absent})
 * @param unmanaged the manifest lets go of the entry: it is forgotten, not changed ({@code state: unmanaged})
 * @param deletionProtection whether its entries may not be deleted; empty when the manifest does not say, and then
 *     what was said last goes on
 * @param target logical name of the target that holds it; empty when the only one of its kind's type does
 * @param dependsOn titles of the resources that have to be there first, besides those that its kind finds by itself
 * @param suppressions what it does not want to hear of, at most one for a rule
 * @param source file and line it came from, empty when unknown; never part of a digest
 */
public record Resource(
        String kind,
        String uid,
        String name,
        String project,
        SortedMap<String, String> labels,
        boolean absent,
        boolean unmanaged,
        Optional<Boolean> deletionProtection,
        Value.Obj spec,
        Optional<String> target,
        List<String> dependsOn,
        List<Suppression> suppressions,
        Source source) {
    /** @param line from 1, 0 when unknown */
    public record Source(String file, int line) {
        public static final Source UNKNOWN = new Source("", 0);
    }

    public Resource {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(uid);
        Objects.requireNonNull(name);
        Objects.requireNonNull(project);
        labels = SortedFields.copyOf(labels);
        Objects.requireNonNull(deletionProtection);
        Objects.requireNonNull(spec);
        Objects.requireNonNull(target);
        dependsOn = List.copyOf(dependsOn);
        suppressions = List.copyOf(suppressions);
        Objects.requireNonNull(source);
    }

    /** Managed, says nothing about protection, depends on nothing by its own word and suppresses nothing. */
    public Resource(
            String kind,
            String uid,
            String name,
            String project,
            SortedMap<String, String> labels,
            boolean absent,
            Value.Obj spec,
            Source source) {
        this(
                kind,
                uid,
                name,
                project,
                labels,
                absent,
                false,
                Optional.empty(),
                spec,
                Optional.empty(),
                List.of(),
                List.of(),
                source);
    }

    /** The same, asking to be gone: for kinds, which have to find its entries and nothing more. */
    public Resource asAbsent() {
        return new Resource(
                kind,
                uid,
                name,
                project,
                labels,
                true,
                unmanaged,
                deletionProtection,
                spec,
                target,
                dependsOn,
                suppressions,
                source);
    }

    /** What it says about findings of that rule. */
    public Optional<Suppression> suppression(String rule) {
        return suppressions.stream()
                .filter(suppression -> suppression.rule().equals(rule))
                .findFirst();
    }

    /** Without the suppressions that hold no more on that day. */
    public Resource on(LocalDate day) {
        var holding = suppressions.stream()
                .filter(suppression -> suppression.holdsOn(day))
                .toList();
        return holding.size() == suppressions.size()
                ? this
                : new Resource(
                        kind,
                        uid,
                        name,
                        project,
                        labels,
                        absent,
                        unmanaged,
                        deletionProtection,
                        spec,
                        target,
                        dependsOn,
                        holding,
                        source);
    }

    /** {@code Kind/name}, for people. */
    public String title() {
        return kind + "/" + name;
    }
}
