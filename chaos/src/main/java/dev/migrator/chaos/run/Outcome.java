package dev.migrator.chaos.run;

import dev.migrator.chaos.model.RunPlan;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;

/**
 * What became of a run.
 *
 * @param ends state of each migration by id
 * @param failed checks that do not hold; none if all is well
 */
public record Outcome(
        RunPlan plan,
        SortedMap<String, String> ends,
        List<Failed> failed,
        List<Recovery> recoveries,
        Duration took,
        List<String> timeline) {}
