package dev.migrator.target.registry;

import dev.migrator.core.error.ProblemException;
import dev.migrator.core.impact.Impact;
import dev.migrator.core.impact.Some;
import dev.migrator.core.impact.Use;
import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.core.kinds.SchemaGroupKind;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.Json;
import dev.migrator.target.httpclient.Parallel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Who refers to what changes, and what clients get by default: a few calls for each entry, some at a time. */
final class RegistryImpact {
    /** Entries that are looked into; of more, removals come first. */
    static final int MOST_ENTRIES = 500;

    private final RegistryReads reads;
    private final Map<ArtifactName, Optional<Version>> latest = new ConcurrentHashMap<>();

    RegistryImpact(RegistryReads reads) {
        this.reads = reads;
    }

    /** One for each operation, in key order. */
    Map<EntryKey, Impact> of(Collection<? extends Operation> operations) throws TargetException {
        var keys = new ArrayList<>(operations.stream()
                .sorted(Comparator.comparing((Operation operation) -> !(operation instanceof Operation.Delete))
                        .thenComparing(Operation::key))
                .map(Operation::key)
                .toList());
        var looked = keys.subList(0, Math.min(MOST_ENTRIES, keys.size()));
        var found = Parallel.map(looked, this::of);
        var impacts = new TreeMap<EntryKey, Impact>();
        for (int i = 0; i < looked.size(); i++) {
            impacts.put(looked.get(i), found.get(i));
        }
        keys.subList(looked.size(), keys.size())
                .forEach(key -> impacts.put(
                        key,
                        Impact.unknown("who uses it", "only " + MOST_ENTRIES + " entries of a plan are looked into")));
        return impacts;
    }

    private Impact of(EntryKey key) throws TargetException {
        try {
            if (key.kind().equals(Fields.GROUP)) {
                return ofGroup(SchemaGroupKind.group(key.address()));
            }
            if (key.kind().equals(Fields.GLOBAL_RULE)) {
                return Impact.unknown("artifacts", "it holds for every artifact that has no such rule of its own");
            }
            var name = Names.of(key);
            return reads.artifact(name.withoutVersion()).isEmpty() ? Impact.NONE : ofExisting(name);
        } catch (ProblemException e) {
            return Impact.unknown("who uses it", e.problem().message());
        } catch (TargetException.Refused e) {
            return Impact.unknown(
                    "who uses it", e.problem().code() + ", " + e.problem().message());
        }
    }

    /** What is in it; who reads that is told for each artifact. */
    private Impact ofGroup(String group) throws TargetException {
        if (reads.group(group).isEmpty()) {
            return Impact.NONE;
        }
        var page = reads.artifactsOf(group, Some.MOST);
        var names = page.items().stream()
                .flatMap(artifact -> Json.text(artifact, "artifactId").stream())
                .toList();
        return Impact.NONE
                .with(new Use.Covers(Fields.ARTIFACT, new Some<>(names, page.count() - names.size())))
                .without("clients", "the registry keeps no list of who reads a schema");
    }

    private Impact ofExisting(ArtifactName name) throws TargetException {
        var artifact = name.withoutVersion();
        var latest = latest(artifact);
        var subject =
                name.version().isPresent() ? name : latest.map(Version::name).orElse(name);
        var impact = Impact.NONE
                .with(new Use.Versions(
                        reads.versionCount(artifact),
                        latest.flatMap(version -> version.name().version()).orElse("")))
                .without("clients", "the registry keeps no list of who reads a schema");
        return subject.version().isPresent() ? impact.with(new Use.Referrers(referrers(subject))) : impact;
    }

    /** By address; whether each is the latest of its own is asked of those that are shown. */
    private Some<Use.Referrer> referrers(ArtifactName version) throws TargetException {
        var addresses = reads.referredFrom(version).stream()
                .map(Reference::to)
                .sorted(Comparator.comparing(ArtifactName::address))
                .distinct()
                .toList();
        var some = Some.of(addresses);
        var shown = new ArrayList<Use.Referrer>();
        for (var referrer : some.first()) {
            shown.add(new Use.Referrer(referrer.address(), isLatest(referrer)));
        }
        return new Some<>(List.copyOf(shown), some.more());
    }

    private boolean isLatest(ArtifactName version) throws TargetException {
        return latest(version.withoutVersion())
                .filter(latest -> latest.name().equals(version))
                .isPresent();
    }

    /** Asked once, for many versions of one artifact and many that refer to it. */
    private Optional<Version> latest(ArtifactName artifact) throws TargetException {
        var known = latest.get(artifact);
        if (known == null) {
            known = reads.latest(artifact);
            latest.put(artifact, known);
        }
        return known;
    }
}
