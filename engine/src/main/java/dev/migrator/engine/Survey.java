package dev.migrator.engine;

import dev.migrator.core.error.ProblemException;
import dev.migrator.core.rehearsal.Fit;
import dev.migrator.core.rehearsal.Rehearsable;
import dev.migrator.core.rehearsal.Unproven;
import dev.migrator.target.SystemFacts;
import dev.migrator.target.TargetException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What of a plan can be done in a place, as the systems there and those that the plan is for say what they are. Nothing is
 * written for it.
 */
record Survey(Rehearsable rehearsable, Fit fit) {
    private static final String BROKERS = "brokers";

    /**
     * @param lasting targets of the other environments, by environment: asked what they are, and nothing else
     * @param unproven takes what cannot be told there
     * @throws ProblemException {@code REH-SAME-SYSTEM} if the place is a system that counts
     */
    static Survey of(Rehearsal.Script script, Targets place, Function<String, Targets> lasting, List<Unproven> unproven)
            throws TargetException {
        new OtherSystems(lasting, script).requireNone(identities(script, place));
        var brokers = new HashMap<String, Integer>();
        for (var target : script.used()) {
            otherVersion(script, target, place, lasting, brokers).ifPresent(unproven::add);
        }
        var fit = new Fit(brokers);
        var rehearsable = Rehearsable.of(script.plan(), script.place(), script.targets(), script.untouched(), fit);
        unproven.addAll(0, rehearsable.unproven());
        return new Survey(rehearsable, fit);
    }

    private static Map<String, String> identities(Rehearsal.Script script, Targets place) throws TargetException {
        var identities = new TreeMap<String, String>();
        for (var target : script.used()) {
            identities.put(target, place.writer(target).identity());
        }
        return identities;
    }

    /** What the two systems run on. @param brokers takes how many the one in the place has */
    private static Optional<Unproven> otherVersion(
            Rehearsal.Script script,
            String target,
            Targets place,
            Function<String, Targets> lasting,
            Map<String, Integer> brokers)
            throws TargetException {
        var here = place.writer(target);
        var there = lasting.apply(script.plan().environment()).writer(target);
        var facts = here.facts().values();
        if (facts.containsKey(BROKERS)) {
            brokers.put(target, Integer.parseInt(facts.get(BROKERS)));
        }
        var version = facts.getOrDefault(SystemFacts.VERSION, "");
        var versionThere = there.facts().values().getOrDefault(SystemFacts.VERSION, "");
        return version.equals(versionThere)
                ? Optional.empty()
                : Optional.of(new Unproven(
                        "target " + target,
                        "it is version " + versionThere + ", and was rehearsed with " + version,
                        false));
    }
}
