package dev.migrator.planner.work;

import dev.migrator.core.environment.Environment;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.KeysToRead;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.target.Capability;
import dev.migrator.target.TargetException;
import dev.migrator.target.WholeKinds;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What planning asks of the targets: one batched read for each that the bundle names. A target that the bundle leaves alone
 * is not asked, so one that is down stops nothing but its own changes.
 *
 * @param states of every key asked for
 * @param capabilities names of what each target can do, by target
 */
record TargetFacts(Map<EntryKey, EntryState> states, Map<String, Set<String>> capabilities) {

    static TargetFacts read(TargetPool targets, Environment environment, KeysToRead keys) throws TargetException {
        var states = new TreeMap<EntryKey, EntryState>();
        var capabilities = new TreeMap<String, Set<String>>();
        for (var wanted : keys.byTarget().entrySet()) {
            targets.reading(environment.name(), wanted.getKey(), reader -> {
                states.putAll(reader.readAll(WholeKinds.with(keys, wanted.getKey(), reader)));
                var names = new TreeSet<String>();
                for (Capability capability : reader.capabilities()) {
                    names.add(capability.name());
                }
                capabilities.put(wanted.getKey(), names);
                return null;
            });
        }
        return new TargetFacts(states, capabilities);
    }
}
