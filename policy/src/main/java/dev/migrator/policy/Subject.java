package dev.migrator.policy;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.lifecycle.Document;
import dev.migrator.core.model.Resource;
import dev.migrator.core.plan.Plan;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is judged.
 *
 * @param previous name of the environment before this one in the order, empty if there is none
 * @param bundle digest of what is asked for
 * @param resources of the bundle
 * @param document what stands in the place of manifests, of which there are none then; empty for a bundle
 * @param planned empty as long as only manifests are known: then only policies over resources are asked
 */
public record Subject(
        Environment environment,
        String previous,
        Digest bundle,
        List<Resource> resources,
        TrackRecord record,
        Optional<Planned> planned,
        Optional<Document> document) {
    /** @param managed entries that were there and are managed, before the plan, by entry kind */
    public record Planned(Plan plan, SortedMap<String, Integer> managed) {
        public Planned {
            managed = Collections.unmodifiableSortedMap(new TreeMap<>(managed));
        }
    }

    public Subject {
        resources = List.copyOf(resources);
    }

    /** Manifests alone, for one of the declared environments. */
    public static Subject of(
            Environments environments, Environment environment, Digest bundle, List<Resource> resources) {
        var previous = environments.lasting().stream()
                .filter(other -> other.order() < environment.order())
                .reduce((_, later) -> later)
                .map(Environment::name)
                .orElse("");
        return new Subject(
                environment, previous, bundle, resources, TrackRecord.NONE, Optional.empty(), Optional.empty());
    }

    public Subject planned(Plan plan, SortedMap<String, Integer> managed) {
        return new Subject(
                environment, previous, bundle, resources, record, Optional.of(new Planned(plan, managed)), document);
    }

    public Subject known(TrackRecord aRecord) {
        return new Subject(environment, previous, bundle, resources, aRecord, planned, document);
    }

    /** Another document instead of manifests. */
    public Subject of(Document instead) {
        return new Subject(environment, previous, bundle, resources, record, planned, Optional.of(instead));
    }

    /** The title of a document of that kind, empty for anything else. */
    String titled(Document.Kind kind) {
        return document.filter(found -> found.kind() == kind)
                .map(Document::title)
                .orElse("");
    }
}
