package dev.migrator.chaos.model;

import java.util.List;

/**
 * Everything that was drawn for one run.
 *
 * @param before what is put there first, some of it for the migrations to change, some for nobody
 * @param probe changed at the very end, to see that nothing is held any more
 */
public record RunPlan(
        long seed,
        String name,
        String environment,
        List<Change> before,
        List<PlannedMigration> migrations,
        List<PlannedFault> faults,
        Change probe) {
    public RunPlan {
        before = List.copyOf(before);
        migrations = List.copyOf(migrations);
        faults = List.copyOf(faults);
    }

    /** For people, one line for each thing that was drawn. */
    public List<String> lines() {
        var lines = new java.util.ArrayList<String>();
        lines.add("environment " + environment);
        migrations.forEach(migration -> {
            lines.add("migration " + migration.title());
            migration.changes().forEach(change -> lines.add("  " + change.title()));
        });
        faults.forEach(fault -> lines.add("fault " + fault.title()));
        return lines;
    }
}
